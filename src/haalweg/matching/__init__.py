"""A signature against others: how close, and which of many."""
