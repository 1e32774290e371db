"""Reads that several pages share, cached by the open warehouse; the cache and the concurrency limit."""
