"""A case: where it and each of its signatures and places stand, and what the person sees of it."""
