"""Whether published figures are reproduced, and what is installed, stale or wrong."""
