"""What a person tells us: the age gate before anything else, and where something was posted."""
