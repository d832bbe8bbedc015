"""What every later chapter needs: keys, sealing, and a log that only grows."""
