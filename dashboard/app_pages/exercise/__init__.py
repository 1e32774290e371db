"""The page exercise: an institution judges itself; `page.py` draws it."""
