"""Partners that we fetch from and share with."""
