"""The hash lists we hold: entries, expiry, withdrawal."""
