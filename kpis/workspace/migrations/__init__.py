"""The steps by which the tables of a workspace came to be; a released step never changes."""
