"""The page gaps: all that only this page uses; `page.py` draws it."""
