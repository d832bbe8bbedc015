"""Places on the network that others name: which are gone to, and how."""
