"""The page cases: all that only this page uses; `page.py` draws it."""
