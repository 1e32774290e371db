"""Marks texts that are translated where they are shown; without Streamlit."""

from __future__ import annotations


def mark(key: str) -> str:
    """A text that is translated later, where it is shown; it stands here so that it is found."""
    return key
