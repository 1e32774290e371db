"""Messages of a page: the one place that hands text to Streamlit's boxes, which read it as Markdown.

A message may repeat what an address, a file or the catalogue says. None of it becomes a link, a picture, a
formula, a colour or an icon of this dashboard: whoever writes a link must not write into the page.
"""

from __future__ import annotations

import re

import streamlit as st

from dashboard.components.container import Container

_MARKS = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~$&=^:]|(?<=^\d)\.)")
# Links, addresses and emoji are made of bare text after it was read, so a backslash does not hold them off:
# an invisible joiner within does.
_BARE = re.compile(r"(?<=:)(?=[/\w+-])|(?<=@)(?=\w)|(?<=www)(?=\.)", re.IGNORECASE)
_JOINER = "\u2060"
INFO, ERROR = ":material/info:", ":material/error:"


def plain(text: str) -> str:
    """Text as Markdown that shows it as it is, on one line.

    >>> plain("[a](b) *c*")
    '\\\\[a\\\\]\\\\(b\\\\) \\\\*c\\\\*'
    """
    return _MARKS.sub(r"\\\1", _BARE.sub(_JOINER, " ".join(text.split())))


def info(text: str) -> None:
    """Something to know."""
    st.info(plain(text))


def warning(text: str, *, icon: str | None = None, spot: Container | None = None) -> None:
    """Something left out or out of date; spot: where, default here."""
    (st if spot is None else spot).warning(plain(text), icon=icon)


def error(text: str) -> None:
    """Something that could not be shown."""
    st.error(plain(text), icon=ERROR)
