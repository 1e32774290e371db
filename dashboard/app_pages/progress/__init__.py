"""The page progress: all that only this page uses; `page.py` draws it."""
