"""Data and gaps: sentences and charts that count the same agree."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.app_pages.gaps import fill, frames, heat
from dashboard.charts.context import Context
from dashboard.charts.look import LIGHT
from dashboard.components import language
from dashboard.reads import filling
from dashboard.reads.reader import Reader
from kpis.queries import Warehouse
from tests.dashboard.plotly_figure import checked


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_parts_of_the_sentence_on_gaps_add_up(
    wh: Warehouse, ctx: Context, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "current", lambda: lang)
    reader = Reader(lang, ctx, wh)
    states = reader.areas.index[reader.areas["un_member"]]  # all take eleven seconds
    for area in {*states[::16], "NAM", "PRK", "JAM"}:
        n, *parts = map(int, re.findall(r"\d+", fill.sentence(reader, area, "WORLD")) or [0])
        assert n == sum(parts) == len(filling.gaps(reader, area, "WORLD")), area


def test_the_column_of_all_kpis_agrees_with_the_headline(wh: Warehouse, ctx: Context) -> None:
    sentence, chart, framed = frames.group(Reader("en", ctx, wh), "SIDS", "dimensions")
    tiles = checked(chart).data[0]
    assert list(tiles.x[:2]) == ["All KPIs", "Summary<br>indices"]
    assert f"Fewest: {tiles.y[0]}, {tiles.text[0][0]};" in sentence
    assert framed.legend.count("<li>") == len(LIGHT.classes)


def test_no_two_rows_of_a_phone_are_called_alike(ctx: Context) -> None:
    names = [
        "Democratic Republic of the Congo",
        "Democratic Republic of the Comoros",
        "Fiji",
        "Micronesia (States of)",
    ]
    cells = pd.DataFrame({"ref_area": list("ABCD"), "name": names, "dimension": "legal", "kpis": 4})
    chart = heat.figure(cells.assign(fresh=[0, 1, 2, 3]), {"legal": "Law"}, replace(ctx, narrow=True))
    assert list(checked(chart).data[0].y) == [*names[:3], "Micronesia"]
