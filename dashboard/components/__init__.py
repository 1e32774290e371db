"""Reusable parts of pages: language, numbers, pickers, the chart frame, tables, URL state, style."""
