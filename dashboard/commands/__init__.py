"""Commands that write documents and pictures, one a module; `dashboard/command.py` offers them."""
