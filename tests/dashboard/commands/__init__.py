"""Commands that write documents and pictures."""
