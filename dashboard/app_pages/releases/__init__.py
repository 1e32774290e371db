"""The page releases: all that only this page uses; `page.py` draws it."""
