"""The button that carries a brief away: a document in several formats, made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from dashboard.components.file_button import file_button
from dashboard.components.language import text as _

OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "html": "text/html",
    "md": "text/markdown",
}
"""Media type of each format."""


def offer(
    key: str, file: str, forms: Sequence[str], make: Callable[[str], bytes], *, label: str = ""
) -> None:
    """The button "Download brief" with a format each. make: the bytes of a format; file: without ending."""
    with (
        st.popover(label or _("Download brief"), key=f"brief_{key}"),
        st.container(key=f"brief_forms_{key}", horizontal=True, gap="small"),
    ):
        for form in forms:
            file_button(
                form.upper(),
                partial(make, form),
                f"{file}.{form}",
                MEDIA[form],
                key=f"brief_{form}_{key}",
                says=_says(form),
            )


def _says(form: str) -> str:
    """What a format is good for."""
    return {
        "pdf": _("To print and to send"),
        "docx": _("To edit as a text"),
        "pptx": _("Slides with charts that can be edited"),
        "xlsx": _("Figures as numbers, with charts"),
        "html": _("A page that opens without a network"),
        "md": _("Plain text that every program reads"),
    }[form]
