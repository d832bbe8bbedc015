"""For those who call a gate, and for those whom a gate calls."""
