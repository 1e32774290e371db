"""Frames of answers are those of the engine's own `df()`: types, missing values, names, order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import duckdb
import pandas as pd
import pytest

from kpis.queries import Warehouse
from kpis.warehouse import store
from kpis.warehouse.results import frame

ROW = "(true, 1::tinyint, 2::smallint, 3::int, 4::bigint, 1.5::double, 'é')"
NONE = f"({', '.join(['null'] * 7)})"
QUERIES = {
    "all held": f"select * from (values {ROW}, {ROW})",
    "some missing": f"select * from (values {ROW}, {NONE}, {ROW})",
    "all missing": f"select * from (values {ROW}, {NONE}) as t(a, b, c, d, e, f, g) where a is null",
    "no row": f"select * from (values {ROW}) where false",
    "many rows": "select case when i % 3 > 0 then i end as n, i || '' as t, i / 7 as x from range(9000) t(i)",
    "NaN and infinity": "select 'nan'::double as x union all select 'inf'::double union all select null",
    "one name twice": "select 1 as a, 2 as a, 'x' as b",
    "no type": "select null as a, 1 as b",
    "lists, dates, decimals": "select [1] as a, ['x', null] as b, date '2024-01-31' as c, 1.5 as d, 'x' as e",
    "huge": "select 3::hugeint as a, 3::uinteger as b, 1.5::float as c, 'x' as d",
    "empty text": "select '' as a, '  ' as b union all select null, 'nan'",
}
ASKED: dict[str, Callable[[Warehouse], object]] = {
    "areas": lambda wh: wh.areas(),
    "groups": lambda wh: wh.groups(),
    "kpis": lambda wh: wh.kpis(),
    "kpi_classes": lambda wh: wh.kpi_classes(),
    "sources": lambda wh: wh.sources(),
    "sdg_links": lambda wh: wh.sdg_links(),
    "values": lambda wh: wh.values(["EGDI", "OSI"], ["COL", "PRK"]),
    "world": lambda wh: wh.world("EGDI"),
    "world of a year": lambda wh: wh.world("EGDI", 2003),
    "country": lambda wh: wh.country("COL"),
    "country without figures": lambda wh: wh.country("PRK"),
    "latest": lambda wh: wh.latest("EGDI", ["COL", "TUV"]),
    "trends": lambda wh: wh.trends("TUV"),
    "forecast": lambda wh: wh.forecast(["COL"]),
    "progress": lambda wh: wh.progress(["COL"]),
    "coverage": lambda wh: wh.coverage("NAM"),
    "evidence": lambda wh: wh.evidence("EGDI", "COL", 2024),
    "schema": lambda wh: wh.schema(),
}


def assert_same(ours: pd.DataFrame, engines: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(ours, engines, check_exact=True)
    assert [type(ours[name].array) for name in ours] == [type(engines[name].array) for name in engines]


@pytest.mark.parametrize("sql", QUERIES.values(), ids=QUERIES.keys())
def test_a_frame_is_the_one_the_engine_gives(sql: str) -> None:
    with duckdb.connect() as con:
        assert_same(frame(con.execute(sql)), con.execute(sql).df())


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED.keys())
def test_what_readers_ask_has_the_types_of_the_engine(
    wh: Warehouse, monkeypatch: pytest.MonkeyPatch, ask: Callable[[Warehouse], object]
) -> None:
    compared = []
    read = store.Store.query

    def both(self: store.Store, sql: str, given: Mapping[str, Any] | None = None) -> pd.DataFrame:
        ours = read(self, sql, given)
        with monkeypatch.context() as engine:
            engine.setattr(store, "frame", lambda answer: answer.df())
            assert_same(ours, read(self, sql, given))
        compared.append(sql)
        return ours

    monkeypatch.setattr(store.Store, "query", both)
    ask(wh)
    assert compared


def test_a_frame_can_be_changed() -> None:
    with duckdb.connect() as con:
        table = frame(con.execute("select 1 as n, 1.5::double as x, 'a' as t, true as f"))
    table.loc[0] = [2, 2.5, "b", False]
    assert table.to_dict("list") == {"n": [2], "x": [2.5], "t": ["b"], "f": [False]}
