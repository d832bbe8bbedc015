"""A case: where it and each of its signatures stand."""
