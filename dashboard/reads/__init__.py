"""Cached reads of single pages, one module a page, keyed by data version as those of `dashboard/data.py`."""
