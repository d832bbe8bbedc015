"""The door for people: the pages on which something is reported, and the desk. No key here opens a signature."""
