"""Measurements, side by side with named alternatives in one run: `make bench`. No test depends on a time."""
