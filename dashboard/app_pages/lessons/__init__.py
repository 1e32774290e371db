"""The page lessons: all that only this page uses; `page.py` draws it."""
