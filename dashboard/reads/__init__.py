"""Cached reads that several pages share, keyed by data version, and how answers are kept."""
