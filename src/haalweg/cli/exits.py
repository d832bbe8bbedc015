"""What the exit code of every command means."""

NOTHING_FOUND = 0
FOUND = 1
ERROR = 2
INTERRUPTED = 130
