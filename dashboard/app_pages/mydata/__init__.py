"""The page mydata: all that only this page uses; `page.py` draws it."""
