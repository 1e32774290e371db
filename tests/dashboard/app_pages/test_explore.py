"""Explorer: filters in the address, pages of rows, the reader's SQL and its refusals."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from dashboard.app_pages.explore import reads, sql_panel, sql_words
from dashboard.components.state import Store
from dashboard.reads.reader import Reader
from kpis.queries import Warehouse
from tests.dashboard.test_pages import opened, text_of


def explore_page() -> None:
    """The script of the explorer alone."""
    from dashboard.app_pages.explore import page as explore
    from dashboard.components import numbers, shell, state

    state.begin()
    lang = shell.settle_language()
    state.store().turn("explore")
    explore.draw(shell.reader(lang, numbers.number_format("auto", lang), "light"))
    state.note_strangers()
    shell.notes()
    state.end()


@pytest.fixture(autouse=True)
def _at_home(home: Path) -> None:
    """Every page reads the warehouse of all tests."""


def test_filters_of_the_address_give_exactly_these_values(wh: Warehouse) -> None:
    app = opened(explore_page, lang="en", kpi=["EGDI", "OSI"], area=["COL", "LDC"], **{"from": "2022"})
    values = wh.values(["EGDI", "OSI"], years=list(range(2022, 2100)))
    ldc = wh.values(["EGDI", "OSI"], years=list(range(2022, 2100)), group="LDC")
    n = len(
        set(
            map(
                tuple,
                pd.concat([values[values["ref_area"] == "COL"], ldc])[
                    ["kpi", "ref_area", "time_period"]
                ].to_numpy(),
            )
        )
    )
    assert not app.exception
    assert f"{n} values: 2 KPIs, " in text_of(app)
    assert "2022 to 2024" in text_of(app)


def test_a_single_value_is_in_the_singular_in_both_languages() -> None:
    address = {"kpi": "EGDI", "area": "COL", "from": "2024", "to": "2024"}
    assert "1 value: 1 KPI, 1 country or area, 2024" in text_of(opened(explore_page, lang="en", **address))
    assert "1 valor: 1 KPI, 1 país o área, 2024" in text_of(opened(explore_page, lang="es", **address))


def test_values_say_their_kpi_year_and_age() -> None:
    address = {"kpi": "EGDI", "area": "COL", "from": "2012", "to": "2024"}
    text = text_of(opened(explore_page, lang="en", **address))
    years = re.findall(r'<data class="e-fig" value="[^"]*" data-kpi="EGDI" data-year="(\d{4})"', text)
    assert years == ["2024", "2022", "2020", "2018", "2016", "2014", "2012"]
    assert text.count('data-old="true"') == text.count('<abbr class="e-mark e-old"') >= 5
    assert "Measured" not in text


def test_the_true_year_and_source_of_an_input_stand_beside_its_value() -> None:
    address = {"kpi": "HCI_ADULT_LITERACY", "area": "BLZ", "from": "2024", "to": "2024"}
    text = text_of(opened(explore_page, lang="en", **address))
    assert "Measured" in text
    assert "2000, UNESCO" in text


def test_rows_have_pages_and_a_page_beyond_the_last_is_dropped() -> None:
    address = {"kpi": "EGDI", "from": "2024", "to": "2024", "lang": "en"}
    assert "Values 101 to 193\u00a0of\u00a0193" in text_of(opened(explore_page, row="101", **address))
    app = opened(explore_page, row="901", **address)
    assert "Values 1 to 100\u00a0of\u00a0193" in text_of(app)
    assert "was ignored" not in text_of(app)


def test_filters_that_nothing_fits_say_so() -> None:
    text = text_of(opened(explore_page, lang="en", kpi="EGDI", source="wb_findex"))
    assert "No value fits the filters" in text
    assert "Take one away." in text


def test_what_all_rows_share_is_said_once_above_them() -> None:
    text = text_of(opened(explore_page, lang="en", kpi="EGDI", area="COL,PER"))
    assert '<dl class="e-common" aria-label="The same in every row">' in text
    assert "<dt>Unit</dt><dd>index, 0 to 1</dd>" in text
    headings = re.findall(r"<th scope=\"?col\"?[^>]*>([^<]+)</th>", text)
    assert headings == ["Country or area", "Year", "Value", "Rank / n"]


def test_lists_of_groups_and_areas_of_an_address_are_read() -> None:
    address = {
        "kpi": "EGDI",
        "from": "2024",
        "to": "2024",
        "lang": "en",
        "group": "LDC,SIDS",
        "areas": "COL,Peru",
    }
    app = opened(explore_page, **address)
    assert sorted(app.multiselect(key="control_area").value) == ["COL", "LDC", "PER", "SIDS"]
    assert "was ignored" not in text_of(app)


def test_a_cross_table_holds_the_values_of_the_warehouse(wh: Warehouse) -> None:
    address = {"kpi": ["EGDI", "OSI"], "area": ["COL", "PER"], "lang": "en", "show": "cross"}
    app = opened(explore_page, columns="kpi", **address)
    assert not app.exception
    text = text_of(app)
    value = wh.values("OSI", areas=["PER"], years=[2022])["obs_value"].iloc[0]
    assert f'data-kpi="OSI" data-year="2022" data-age="4" data-old="past">{value:.4f}</data>' in text
    assert text.count("<tr>") == 1 + 2 * wh.values("EGDI", areas=["COL"])["time_period"].nunique()
    across_years = text_of(opened(explore_page, rows="kpi", columns="year", **address))
    assert across_years.count("<tr>") == 1 + 2 * 2


def test_rows_and_columns_of_an_address_that_are_the_same_are_noted() -> None:
    app = opened(explore_page, lang="es", show="cross", rows="year", columns="year")
    assert "columns" in text_of(app)
    assert app.selectbox(key="control_columns").value == "area"


def test_a_query_of_the_address_is_answered_and_stays_in_it() -> None:
    query = "select kpi, 1.5 as half,\n  '<b>' as tag -- note\nfrom kpi where kpi = 'EGDI'"
    app = opened(explore_page, lang="en", show="sql", sql=query)
    assert not app.exception
    text = text_of(app)
    assert "The query gives 1 row" in text
    assert "&lt;b&gt;" in text
    assert "<td ><b></td>" not in text
    assert app.query_params["sql"] in (query, [query])
    assert app.text_area(key="control_sql").value == query


def test_examples_are_answered() -> None:
    app = opened(explore_page, lang="en", show="sql")
    for n in range(len(sql_words.EXAMPLES)):
        app = app.button(key=f"sql_{n}").click().run(timeout=30)
        assert not app.exception
        assert "The query gives" in text_of(app)


def test_the_first_query_speaks_the_language_of_the_page() -> None:
    app = opened(explore_page, lang="es", show="sql")
    assert app.text_area(key="control_sql").value.startswith("-- EGDI: puestos ganados desde la edición")
    assert "Arabia Saudita" in text_of(app)


@pytest.mark.parametrize(
    ("query", "english", "spanish"),
    [
        ("attach 'x'", "“attach” is not allowed", "«attach» no está permitido"),
        ("select 1; select 2", "These are 2 statements", "Son 2 instrucciones"),
        ("select * from read_csv('/etc/passwd')", "function “read_csv”", "función «read_csv»"),
        ("select nix from kpi", "at line 1, column 8", "en la línea 1, columna 8"),
    ],
)
def test_a_refusal_is_plain_in_both_languages(query: str, english: str, spanish: str) -> None:
    for lang, words in (("en", english), ("es", spanish)):
        app = opened(explore_page, lang=lang, show="sql", sql=query)
        assert not app.exception
        assert words in text_of(app)


def test_a_long_query_is_answered_but_not_in_the_address() -> None:
    query = "select 'ñ" + "ñ" * 1500 + "' as n"
    app = opened(explore_page, lang="en", show="sql", sql=query)
    assert "The query gives 1 row" in text_of(app)
    assert "a link does not hold it" in text_of(app)
    assert "sql" not in app.query_params


def test_all_tables_have_a_grain_and_names_are_escaped(wh: Warehouse, ctx) -> None:
    assert set(sql_words.GRAIN) == set(wh.schema()["table_name"])
    tables = [reads.Table("kpi", 1, (("kpi", "VARCHAR"),)), reads.Table("<x>", 2000, ())]
    html = sql_panel.schema(tables, Reader("en", ctx, "v"))
    assert "<code>kpi</code> <small>varchar</small>" in html
    assert "<small>1 row</small>" in html
    assert "<small>2,000 rows</small>" in html
    assert "&lt;x&gt;" in html


def test_long_cells_are_cut_and_years_have_no_thousands_mark(ctx) -> None:
    reader = Reader("en", ctx, "v")
    rows = pd.DataFrame(
        {"year": [2024], "x": [1234.56789], "small": [1.5e-9], "none": [None], "s": ["a" * 500]}
    )
    html = sql_panel.markup(reader, rows, "Rows")
    for text in (">2024<", ">1,234.5679<", ">1.5e-09<", ">–<"):
        assert text in str(html).replace('<span aria-hidden="true">', "").replace("</span>", "<")
    assert "a" * 119 + "…" in html
    assert "a" * 120 not in html


def test_lines_stay_lines_and_long_queries_stay_out_of_the_address() -> None:
    store = Store()
    store.open({"sql": ["select 1\r\nfrom x "]})
    store.turn("explore")
    assert store.lines("sql", 100) == "select 1\nfrom x"
    assert store.address() == {"sql": ["select 1\nfrom x"]}
    assert store.lines("sql", 5) == "select 1\nfrom x"
    assert store.address() == {}
