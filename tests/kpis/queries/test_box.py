"""The reader's own SQL: what is refused, what is cut, and that the next query works."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpis.errors import EscalaError
from kpis.queries import Warehouse
from kpis.queries.box.ask import AT_ONCE, MOST_CHARACTERS, Limits, QueryError, _once, _running, ask

pytestmark = pytest.mark.long

SHORT = Limits(rows=50, seconds=1.0)


def refused(warehouse: Warehouse, query: str, limits: Limits = SHORT) -> QueryError:
    """The fault of a query."""
    with pytest.raises(QueryError) as caught:
        warehouse.ask(query, limits)
    assert "Traceback" not in str(caught.value)
    return caught.value


def refused_and_free(warehouse: Warehouse, query: str, limits: Limits = SHORT) -> QueryError:
    """The fault of a query; a good query right after it must be answered."""
    fault = refused(warehouse, query, limits)
    assert warehouse.ask("select count(*) as n from kpi").rows["n"].tolist() == [5]
    return fault


def test_a_select_is_answered_with_types_and_missing_kept(tiny: Warehouse) -> None:
    answer = tiny.ask(
        "select ref_area, obs_value, null as nothing, 1.5::decimal(4, 2) as d, [1, 2] as l, 1 as d "
        "from observation where series = 'S.A' and time_period = 2022 order by ref_area -- last"
    )
    assert answer.rows.columns.tolist() == ["ref_area", "obs_value", "nothing", "d", "l", "d_2"]
    assert answer.rows["obs_value"].tolist() == [0.6, 0.4]  # read back as written: no arithmetic
    assert answer.rows["nothing"].isna().all()
    assert answer.rows.loc[0, ["d", "l", "d_2"]].tolist() == [1.5, "[1, 2]", 1]
    assert not answer.cut


def test_what_python_has_no_type_for_comes_as_the_engine_writes_it(tiny: Warehouse) -> None:
    """Times with a zone failed for want of a library; an interval of a year read as 360 days."""
    answer = tiny.ask(
        "select timestamptz '2024-01-02 03:04:05+00' as t, interval 1 year as i, date 'infinity' as d, "
        "[timestamptz '2024-01-02 03:04:05+00'] as l, 2 as n union all select null, null, null, null, 1 "
        "order by n desc;  -- last"
    )
    assert answer.rows.loc[0, ["i", "d", "n"]].tolist() == ["1 year", "infinity", 2]
    assert answer.rows.loc[0, "t"].startswith("2024-01-02 ")
    assert "2024-01-02 " in answer.rows.loc[0, "l"]
    assert answer.rows["t"].isna().tolist() == [False, True]


@pytest.mark.parametrize("place", ["", "main.", "escala.", "escala.main.", "ESCALA.Main."])
def test_a_table_may_be_called_by_its_full_name(tiny: Warehouse, place: str) -> None:
    assert tiny.ask(f"select count(*) as n from {place}kpi").rows["n"].tolist() == [5]


def test_pivot_with_its_columns_named_is_answered(tiny: Warehouse) -> None:
    query = "from observation pivot (max(obs_value) for ref_area in ('COL', 'URY')) limit 1"
    assert {"COL", "URY"} <= set(tiny.ask(query).rows.columns)


def test_many_columns_of_one_name_are_numbered_in_a_moment() -> None:
    """Once it took the server a minute for 3,600 names, outside every limit."""
    names = _once(["x", "x_2"] * 50_000)
    assert len(set(names)) == 100_000
    assert names[:4] == ["x", "x_2", "x_3", "x_2_2"]


def test_no_path_of_the_server_is_in_an_engine_message(tiny: Warehouse) -> None:
    fault = refused(tiny, "select error('cannot open /srv/escala/data/x.duckdb' || chr(10) || 'second line')")
    assert "/srv" not in str(fault)
    assert "second line" not in str(fault)


def test_names_of_a_with_clause_are_tables(tiny: Warehouse) -> None:
    found = tiny.ask("with Mine as (select * from kpi) select count(*) as n from mine, range(2) as r(i)")
    assert found.rows["n"].tolist() == [10]


@pytest.mark.parametrize(
    ("query", "kind", "said"),
    [
        ("  ", "empty", "Write one SELECT"),
        ("select 1; select 2", "statements", "Only one SELECT"),
        ("attach '/tmp/x.duckdb' as x", "select", "'attach' is not allowed"),
        ("copy kpi to '/tmp/x.csv'", "select", "'copy' is not allowed"),
        ("pragma database_list", "select", "is not allowed"),
        ("install httpfs", "select", "is not allowed"),
        ("load httpfs", "select", "is not allowed"),
        ("set memory_limit = '9GB'", "select", "is not allowed"),
        ("drop table kpi", "select", "'drop' is not allowed"),
        ("explain select 1", "select", "'explain' is not allowed"),
        ("select * from read_csv('/etc/passwd')", "function", "no files"),
        ("select (select count(*) from glob('/*'))", "function", "'glob'"),
        ("select * from query('select 1')", "function", "'query'"),
        ("select * from duckdb_databases()", "function", "'duckdb_databases'"),
        ("select current_setting('home_directory')", "function", "'current_setting'"),
        ("select * from '/etc/passwd'", "table", "is no table of the warehouse. Allowed: area,"),
        ("select * from duckdb_databases", "table", "is no table"),
        ("select * from system.main.pragma_database_list", "table", "is no table"),
        ("select * from information_schema.tables", "table", "is no table"),
        ("select * from memory.main.kpi", "table", "is no table"),
        ("with pg_settings as (select 1) select * from pg_catalog.pg_settings", "table", "is no table"),
        ("with pg_settings as (select 1) select * from pg_settings", "table", "is no table"),
        ("with pragma_database_list as (from pragma_database_list) select 1", "table", "is no table"),
        ('select * from (with ".tmp/x.csv" as (select 1) select 1), ".tmp/x.csv"', "table", "is no table"),
        ("select * from (with t as (select 1) from t), t", "table", "'t' is no table"),
        ("pivot kpi on dimension using count(*)", "pivot", "pivot (first(obs_value)"),
        ("select " + ", ".join("1" for _ in range(201)), "columns", "201 columns. Allowed: 200"),
        (
            "select " + ",".join("*" * 50) + " from " + ",".join(f"range(1) t{i}(x)" for i in range(50)),
            "columns",
            "2500 columns",
        ),
        ("select " + "abs(" * 900 + "1" + ")" * 900, "length", f"Allowed: {MOST_CHARACTERS}"),
        ("select " + "(" * 1500 + "1" + ")" * 1500, "engine", "expression depth"),
        ("selec 1", "engine", "syntax error"),
    ],
)
def test_all_but_one_select_on_its_tables_is_refused(
    tiny: Warehouse, query: str, kind: str, said: str
) -> None:
    fault = refused(tiny, query)
    assert fault.kind == kind
    assert said in str(fault)
    assert "escala.duckdb" not in str(fault)


@pytest.mark.parametrize(
    "query",
    [
        "with recursive t(n) as (select 1 union all select n + 1 from t) select sum(n::hugeint) from t",
        "select count(*) from range(1000000) a, range(1000000) b where a.range * b.range = 7",
    ],
)
def test_a_query_without_end_is_stopped(tiny: Warehouse, query: str) -> None:
    assert refused_and_free(tiny, query).kind == "time"


@pytest.mark.parametrize(
    "query",
    [
        "select range(400000000)",  # took 15 GB within a connection limited to 256 MB
        "select length(repeat('a', 2000000000))",
        "select array_agg(a) from range(1000000000) as t(a)",
    ],
)
def test_a_query_that_takes_too_much_memory_is_stopped(tiny: Warehouse, query: str) -> None:
    assert refused_and_free(tiny, query, Limits(seconds=20.0)).kind == "memory"


def test_rows_beyond_the_limit_are_cut_and_said(tiny: Warehouse) -> None:
    query = "with recursive t(n) as (select 1 union all select n + 1 from t) select n from t"
    answer = tiny.ask(query, SHORT)
    assert (len(answer.rows), answer.cut) == (50, True)
    whole = tiny.ask("select range as n from range(50)", SHORT)
    assert (len(whole.rows), whole.cut) == (50, False)


def test_a_result_of_too_much_text_is_stopped(tiny: Warehouse) -> None:
    assert refused_and_free(tiny, "select repeat('a', 100000) from range(300)", Limits()).kind == "size"


def test_the_place_of_a_mistake_is_named_also_after_accents(tiny: Warehouse) -> None:
    fault = refused_and_free(tiny, "select 'é' as e,\n  foo\nfrom kpi")
    assert fault.place == (2, 3)
    assert str(fault).startswith('line 2, column 3: Referenced column "foo" not found')
    assert isinstance(fault, EscalaError)


def test_more_queries_than_places_wait_and_are_told(tiny: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpis.queries.box.ask.WAIT", 0.01)
    for _ in range(AT_ONCE):
        _running.acquire()
    try:
        with pytest.raises(QueryError, match="Try again"):
            tiny.ask("select 1")
    finally:
        for _ in range(AT_ONCE):
            _running.release()


def test_a_path_with_a_quote_is_only_a_path(tiny: Warehouse, tmp_path: Path) -> None:
    odd = tmp_path / "it's.duckdb"
    odd.write_bytes(tiny.tables.path.read_bytes())  # type: ignore[attr-defined]
    assert ask(odd, "select count(*) as n from kpi").rows["n"].tolist() == [5]
