"""Answers to requests that are not served, in every language: a page, or lines of plain text."""

from __future__ import annotations

from collections.abc import Mapping

from babel.numbers import format_decimal
from markupsafe import Markup
from starlette.responses import HTMLResponse, PlainTextResponse

from dashboard.components.language import LANGUAGES, catalogue
from dashboard.texts import mark

NOTHING_HERE = mark("There is nothing at this address.")
HOST_NOT_ALLOWED = mark(
    "This host name is not served here. Whoever runs the server allows it by --allowed-host."
)
TOO_MANY_FILES = mark("Too many files of one session.")
FILE_TOO_LARGE = mark("The file is too large: at most {limit} bytes.")
FILE_NOT_WHOLE = mark("The file did not arrive whole.")
FILE_TOO_LATE = mark("The file did not arrive in time.")

_PAGE = Markup("""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>414 · Escala</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{{font:1.1rem/1.5 Georgia,serif;max-width:38rem;margin:12vh auto;padding:0 1rem;color:#1B2A33;
background:#FCFBF8}}a{{color:#0B5A5E}}</style></head><body>
<main>{sections}</main></body></html>""")
_SECTION = Markup('<section lang="{lang}"><h1>{heading}</h1>\n<p>{sentence}</p></section>')
_LINK = Markup('<a href="{root}?lang={lang}">{label}</a>')


def address_too_long(size: int, limit: int, root: str) -> HTMLResponse:
    """The page 414. size, limit: bytes after the question mark; root: the way to the first page."""
    sections = Markup("\n").join(_too_long(lang, size, limit, root) for lang in LANGUAGES)
    return HTMLResponse(_PAGE.format(sections=sections), status_code=414)


def _too_long(lang: str, size: int, limit: int, root: str) -> Markup:
    translate = catalogue(lang).gettext
    template = translate(
        mark(
            "The part after “?” has {size} bytes; this dashboard reads at most {limit}. "
            "Open {first_page} and choose again."
        )
    )
    sentence = Markup.escape(template).format(
        size=format_decimal(size, locale=lang),
        limit=format_decimal(limit, locale=lang),
        first_page=_LINK.format(root=root, lang=lang, label=translate(mark("the first page"))),
    )
    heading = translate(mark("The address is too long"))
    return _SECTION.format(lang=lang, heading=heading, sentence=sentence)


def plain(
    message: str, status: int, headers: Mapping[str, str] | None = None, **details: object
) -> PlainTextResponse:
    """A message of this module with its details, one line for each language."""
    lines = [catalogue(lang).gettext(message).format(**details) for lang in LANGUAGES]
    return PlainTextResponse("".join(f"{line}\n" for line in lines), status_code=status, headers=headers)
