"""The page robustness: all that only this page uses; `page.py` draws it."""
