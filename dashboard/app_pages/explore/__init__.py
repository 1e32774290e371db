"""The page explore: all that only this page uses; `page.py` draws it."""
