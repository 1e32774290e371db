"""The one button that hands over a file."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st


def file_button(
    label: str,
    content: Callable[[], bytes],
    file: str,
    media: str,
    *,
    key: str,
    says: str | None = None,
    is_quiet: bool = False,
) -> None:
    """A button that hands over `file`. content: makes its bytes when it is pressed, and only then.

    Streamlit keeps bytes given beforehand under an address of their own, which browsers ask for as soon as
    they draw the button; other runs may have dropped it by then (404). says: what the button does, where
    its label alone does not tell. is_quiet: it looks like a link.
    """
    st.download_button(
        label,
        content,
        file,
        media,
        key=key,
        help=says,
        type="tertiary" if is_quiet else "secondary",
        on_click="ignore",
    )
