"""A reader's own SELECT, in a process of its own."""
