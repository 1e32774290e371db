"""The reader of a program: words and numbers of a language outside of any session.

In `components`, for number format and catalogue are known from here on only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts.context import Context
from dashboard.charts.look import LOOKS
from dashboard.components.language import catalogue
from dashboard.components.numbers import number_format
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader

if TYPE_CHECKING:
    from kpis.queries import Warehouse


def reader_of(lang: str, warehouse: Warehouse | None = None) -> Reader:
    """A reader of a language with its usual number format and the light look.

    warehouse: the published one unless given. What translates by `components.language.text` must run within
    `language.spoken(lang)`; its own context speaks it anyway. Raises EscalaError without a warehouse.
    """
    wh = data.warehouse() if warehouse is None else warehouse
    form = number_format("auto", lang)
    ctx = Context(
        t=catalogue(lang).gettext,
        number=form.number,
        separators=form.separators,
        look=LOOKS["light"],
        as_of=wh.as_of,
        lang=lang,
        ngettext=catalogue(lang).ngettext,
    )
    return Reader(lang, ctx, wh)
