"""The page compare: all that only this page uses; `page.py` draws it."""
