"""The search in the app, the ways in of a first visit, and marks and links that lead on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.app_pages.stages import matrix as stage_matrix
from dashboard.charts import ranking, tile_grid, world_map
from dashboard.components.state import Store
from tests.dashboard.plotly_figure import checked
from tests.dashboard.test_pages import compare_page, opened, text_of

WAYS, FOUND = '<ul class="e-ways-line">', '<div class="e-found">'
MARKS = ["country:DNK", "country:KOR", "country:NAM", "country:TUV"]


@pytest.fixture
def app(home: Path) -> AppTest:
    assert home.is_file()  # what is searched
    return opened(lang="en")


def methods_page() -> None:
    """The script of the page of methods alone."""
    from dashboard.app_pages.methods import page as methods
    from dashboard.components import numbers, shell, state

    state.begin()
    lang = shell.settle_language()
    state.store().turn("methods")
    methods.draw(shell.reader(lang, numbers.number_format("auto", lang), "light"))
    state.end()


@pytest.mark.usefixtures("home")
def test_a_search_in_the_address_is_found_and_closed():
    app = opened(lang="en", find="colmbia")
    assert app.query_params["find"] in ("colmbia", ["colmbia"])
    assert "/country?lang=en&amp;country=COL" in text_of(app)
    assert "similar spelling" in text_of(app)
    app.button(key="found_close").click().run()
    assert "find" not in app.query_params
    assert FOUND not in text_of(app)


@pytest.mark.usefixtures("home")
def test_a_shared_search_opens_in_spanish_with_why_each_matched():
    text = text_of(opened(lang="es", find="corea"))
    assert "también: Corea del Sur" in text
    assert "República de Corea</a>" in text


@pytest.mark.usefixtures("home")
def test_results_carry_language_and_shared_choices():
    assert "/country?lang=es&amp;nf=1%2C234.5&amp;country=NAM" in text_of(
        opened(lang="es", nf="1,234.5", find="NAM")
    )


@pytest.mark.usefixtures("home")
def test_what_is_typed_is_escaped_and_nothing_found_says_what_to_try():
    text = text_of(opened(lang="en", find="<b>zzzz"))
    assert "<b>zzzz" not in text
    assert "Nothing found for “&lt;b&gt;zzzz”" in text


def test_a_search_ends_with_the_page():
    store = Store()
    store.open({"find": ["peru"]})
    store.turn("world")
    store.free("find")
    store.written = store.address()
    store.open({})
    store.turn("country")
    assert store.free("find") == ""


def test_a_first_visit_has_three_ways_in_until_something_is_chosen(app):
    assert WAYS in text_of(app)
    app.selectbox(key="control_kpi").select("OSI").run()
    assert WAYS not in text_of(app)


@pytest.mark.parametrize("chosen", [{"kpi": "OSI"}, {"view": "tiles"}, {"find": "peru"}, {"present": "on"}])
@pytest.mark.usefixtures("home")
def test_a_link_with_a_choice_is_no_first_visit(chosen):
    assert WAYS not in text_of(opened(lang="es", **chosen))


def test_marks_of_countries_say_which(four, share, ctx):
    assert list(checked(ranking.figure(four, share, ctx)).data[0].ids) == MARKS[:3]
    grid = pd.DataFrame({"ref_area": four["ref_area"], "col": range(4), "row": range(4)})
    assert list(checked(tile_grid.figure(four, grid, share, ctx)).data[0].ids) == MARKS
    missing, shapes, markers = checked(world_map.figure(four, share, ctx)).data
    assert (list(missing.ids), list(shapes.ids), list(markers.ids)) == (MARKS[3:], MARKS[:3], MARKS[3:])


def test_cells_of_stages_lead_to_their_country_only_where_rows_are_countries(ctx):
    cells = pd.DataFrame({"data": [1, np.nan], "overall": [1, 0]}, index=["COL", "NAM"])
    names, columns = {"COL": "Colombia", "NAM": "Namibia"}, {"data": "Data", "overall": "Overall"}
    traces = checked(stage_matrix.figure(cells, names, columns, ctx, of_countries=True)).data
    assert {trace.customdata[0].split("<br>")[0]: trace.ids[0] for trace in traces if len(trace.x)} == {
        "<b>Colombia</b>": "country:COL",
        "<b>Namibia</b>": "country:NAM",
    }
    of_groups = checked(stage_matrix.figure(cells, names, columns, ctx)).data
    assert of_groups
    assert all(trace.ids is None for trace in of_groups)


@pytest.mark.usefixtures("home")
def test_the_entry_of_a_kpi_has_an_address():
    text = text_of(opened(methods_page, kpi="OSI_SP", lang="en"))
    first = text[text.index("<details") :]
    assert first.startswith("<details open")
    assert "<code>OSI_SP</code>" in first[: first.index("</summary>")]
    assert text.count("<details open") == 1
    assert "<code>EGDI</code>" in text  # nothing is left out


@pytest.mark.usefixtures("home")
def test_countries_groups_and_kpis_of_the_comparison_lead_on():
    text = text_of(opened(compare_page, area=["NAM", "SIDS"], show="table", lang="en"))
    assert (
        '<th scope="col" class="e-num"><a target="_self" href="./country?lang=en&amp;country=NAM">Namibia'
        in text
    )
    assert '/world?lang=en&amp;group=SIDS">' in text
    assert '/methods?lang=en&amp;kpi=EGDI">' in text
