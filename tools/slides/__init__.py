"""Makes what the writer of slides needs: the master, and the widths of letters."""
