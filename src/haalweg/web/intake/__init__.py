"""The pages for the person it is about."""
