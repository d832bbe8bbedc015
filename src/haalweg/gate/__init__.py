"""The door for machines: a check beside the upload path, and the feed that keeps banks fresh."""
