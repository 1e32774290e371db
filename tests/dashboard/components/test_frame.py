"""Frames that were kept for many readers: what they show leads on as this reader chose."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.components import frame, links


def test_a_table_that_was_made_beforehand_links_as_this_reader_chose(monkeypatch: pytest.MonkeyPatch) -> None:
    made = '<a target="_self" href="./stages?lang=es&amp;country=BGD">Bangladesh</a>'
    kept = frame.Frame(
        "moves", "", "", "", f"foot {made}", data=pd.DataFrame, table=lambda: made, file="moves", alone=made
    )
    chosen = made.replace("lang=es", "lang=es&amp;look=dark")
    assert (frame.table_of(kept), frame.linked(kept)) == (made, kept)
    monkeypatch.setattr(links, "link_parameters", lambda: (("look", "dark"),))
    assert frame.table_of(kept) == chosen
    completed = frame.linked(kept)
    assert (completed.foot, completed.alone) == (f"foot {chosen}", chosen)
