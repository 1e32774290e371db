"""My data: figures of one's own, national or sub-national, read, checked, ranked and followed."""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.mydata import bring, choice, index_view, review, shelf, views
from dashboard.components import shell, state
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader


def draw(reader: Reader) -> None:
    """The page: what the reader's tables say, then a table to bring, then the tables held."""
    top = st.container()
    if state.store().values.get("data") == [choice.EXAMPLE]:  # a link to the example
        shelf.open_example()
    held = shelf.tables(reader)
    if held:
        shown = choice.pick(held)
        review.say()
        if shown.view == choice.INDEX:
            index_view.draw(reader, shown, top)
        else:
            with top:
                views.headline(reader, shown)
            views.show(reader, shown)
    else:
        with top:
            shell.headline(
                _("Bring your own figures and see them beside the international ones"),
                kicker=_("My data"),
                lead=_(
                    "They stay in this session unless you keep them in the workspace, and enter no "
                    "international rank and no median of countries."
                ),
            )
        review.say()
    shelf.offer_example()
    bring.show(reader)
    review.show(reader)
    shelf.show(reader, held)
    bring.wait(reader)
