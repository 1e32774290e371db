"""The page country: all that only this page uses; `page.py` draws it."""
