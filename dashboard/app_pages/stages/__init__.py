"""The page stages: all that only this page uses; `page.py` draws it."""
