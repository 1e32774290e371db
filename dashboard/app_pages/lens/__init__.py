"""The page lens: all that only this page uses; `page.py` draws it."""
