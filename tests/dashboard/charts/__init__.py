"""Drawing that several pages use."""
