"""What the exit code of every command means."""

NOTHING_FOUND = 0
FOUND = 1
ERROR = 2
INTERRUPTED = 130


class Interrupted(Exception):  # noqa: N818 - not an error: what was done before it counts
    """Ctrl-C, in the words of the command that was interrupted."""
