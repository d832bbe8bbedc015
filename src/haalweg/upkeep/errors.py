"""What can go wrong while a helpline is looked after."""

from haalweg.errors import HaalwegError


class UpkeepError(HaalwegError):
    """Something that cannot be done to this helpline. The text says what is wrong, and the way out."""
