"""The root of every error haalweg raises on purpose."""


class HaalwegError(Exception):
    """Something a caller can act on. The text says what happened, to which input, and what to do."""
