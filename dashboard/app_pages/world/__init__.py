"""The page world: all that only this page uses; `page.py` draws it."""
