"""The page knowledge: all that only this page uses; `page.py` draws it."""
