"""The page methods: all that only this page uses; `page.py` draws it."""
