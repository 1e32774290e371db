"""The page forecast: all that only this page uses; `page.py` draws it."""
