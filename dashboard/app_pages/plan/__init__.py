"""The page plan: all that only this page uses; `page.py` draws it."""
