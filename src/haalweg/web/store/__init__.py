"""The tables: what people told us, closed in letters that this process cannot open, and what was done with it."""
