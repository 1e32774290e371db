"""A chart in the page of another site: how its page knows, and the code that shows it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import streamlit as st
from markupsafe import Markup

FOLDER = "/embed"  # of the host, or of the folder in which the app is served
HEIGHT = 480  # px of a frame until the chart has told its own
SOURCE = "{src}"  # stands in the code for the address, which the browser knows (`static/takeaway.js`)


@dataclass
class Setting:
    """Which sites may show charts in frames: none until the server is told."""

    sites: list[str] = field(default_factory=list)


SETTING = Setting()


def allow(sites: Sequence[str]) -> None:
    """Says which sites may show charts; for the whole server."""
    SETTING.sites = list(sites)


def is_embedded() -> bool:
    """Whether this run draws for a frame in another page."""
    return address_is_embedded(st.context.url or "")


def address_is_embedded(url: str) -> bool:
    """Whether an address is that of a chart alone.

    >>> address_is_embedded("https://host/escala/embed/country?x=1"), address_is_embedded("https://host/country")
    (True, False)
    """
    return urlsplit(url).path.rpartition("/")[0].endswith(FOLDER)


def code(src: str, title: str) -> str:
    """HTML to paste into a page: the frame, and the few words of script that give it the chart's height."""
    made = Markup(
        '<iframe src="{src}" title="{title}" height="{height}" loading="lazy" '
        'style="width:100%;border:0"></iframe>\n'
        "<script>addEventListener('message',e=>{{for(const f of document.querySelectorAll('iframe'))"
        "if(f.contentWindow===e.source&&e.data&&e.data.escala==='height')"
        "f.height=Math.min(4000,Number(e.data.height)||f.height)}})</script>"
    ).format(src=src, title=title, height=HEIGHT)
    return str(made)
