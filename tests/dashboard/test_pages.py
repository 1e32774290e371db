"""Pages on the real warehouse: cold links, both languages, bad addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest
from markupsafe import Markup
from streamlit.testing.v1 import AppTest

import dashboard

APP = str(Path(dashboard.__file__).parent / "app.py")


def country_page() -> None:
    """The script of the country page alone."""
    from dashboard.app_pages.country import page as country
    from dashboard.components import numbers, shell, state

    state.begin()
    lang = shell.settle_language()
    state.store().turn("country")
    country.draw(shell.reader(lang, numbers.number_format("auto", lang), "light"))
    state.end()


def compare_page() -> None:
    """The script of the comparison page alone."""
    from dashboard.app_pages.compare import page as compare
    from dashboard.components import numbers, shell, state

    state.begin()
    lang = shell.settle_language()
    state.store().turn("compare")
    compare.draw(shell.reader(lang, numbers.number_format("auto", lang), "light"))
    state.end()


def opened(page: Callable[[], None] | None = None, /, **address: str | list[str]) -> AppTest:
    """The whole app on its first page, or one page alone, opened by a link."""
    app = (
        AppTest.from_function(page, default_timeout=30)
        if page
        else AppTest.from_file(APP, default_timeout=30)
    )
    for name, value in address.items():
        app.query_params[name] = value
    return app.run(timeout=30)


def text_of(app: AppTest) -> str:
    """All HTML of the page in one text."""
    return "\n".join(str(part.proto.body) for part in app.get("html"))


def read(app: AppTest) -> str:
    """What a reader sees of it: without elements, figures with their year and tag."""
    return Markup(text_of(app)).striptags()


@pytest.fixture(autouse=True)
def _at_home(home: Path) -> None:
    """Every page reads the warehouse of all tests."""


def test_world_begins_with_its_answer():
    app = opened(lang="en")
    assert not app.exception
    assert "First of 193 countries: Denmark, 0.985 (2024)." in read(app)
    assert "First of 193" not in text_of(opened(lang="es"))


def test_a_shared_link_opens_the_same_view():
    app = opened(kpi="OSI", group="CARIBBEAN_SIDS", lang="en")
    assert "Dominican Republic, 0.640 (2024)" in read(app)


def test_old_figures_have_their_year_the_tag_and_a_chip():
    text = read(opened(kpi="SDG_4.1.2", lang="es"))
    assert re.search(r"Finalización de la secundaria baja\. .* \(20\d\d\) antiguo\.", text)
    assert "la más reciente es de hace" in text


def test_coded_answers_are_counted_by_named_levels():
    app = opened(kpi="GTMI_I35", view="ranking", lang="en")
    text = read(app).replace("\u00a0", " ")
    assert "97 of 193 countries at the highest level, 3 of 3: a current strategy (2022)." in text


def test_an_edition_on_a_shorter_scale_is_no_choice():
    app = opened(kpi="GTMI_I33", year="2020", lang="en")
    assert "<code>2020</code> was ignored" in text_of(app)


def test_old_kpis_come_last_in_the_list_with_their_year():
    options = opened(lang="en").selectbox(key="control_kpi").options
    dated = re.compile(r"\(20\d\d\)$")
    by_dimension = [
        list(part)
        for _name, part in groupby(options, lambda name: dated.sub("", name).split(" · ")[-1].strip())
    ]
    assert len(by_dimension) == 8  # each dimension stands together
    ages = [[bool(dated.search(name)) for name in part] for part in by_dimension]
    assert sum(map(sum, ages)) > 10
    assert ages == [sorted(part) for part in ages]
    assert options[0].startswith("E-Government Development Index")


def test_number_format_is_apart_from_language():
    assert "0,985" in text_of(opened(lang="en", nf="1.234,5"))


def test_a_bad_address_is_named_and_harmless():
    app = opened(kpi="<script>", year="1900", lang="en")
    text = text_of(app)
    assert not app.exception
    assert "<code>year</code> = <code>1900</code> was ignored" in text
    assert "<code>&lt;script&gt;</code>" in text
    assert "Denmark" in text


def test_no_country_is_assumed():
    text = text_of(opened(country_page, lang="es"))
    assert "¿Dónde está su país" in text
    assert "e-three" not in text


def test_country_in_one_sentence_with_its_weakest_kpis():
    app = opened(country_page, country="JAM", lang="en")
    assert not app.exception
    assert "rank 96 of 193; up 6 places since 2022." in text_of(app)
    assert "Weakest against the world" in text_of(app)
    assert app.selectbox(key="control_peers").value == "CARIBBEAN_SIDS"


@pytest.mark.parametrize("area", ["NAM", "TUV", "PRK", "ISL"])
def test_every_kind_of_country_opens(area):
    assert not opened(country_page, country=area, lang="es").exception


@pytest.mark.parametrize("view", ["trend", "profile", "table"])
def test_comparison_of_countries_and_groups(view):
    app = opened(compare_page, area=["COL", "NAM", "SIDS", "ZZZ"], show=view, lang="es")
    assert not app.exception
    assert app.multiselect(key="control_area").value == ["COL", "NAM", "SIDS"]


def test_a_new_kpi_takes_one_entry_and_is_on_every_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests import few
    from tests.kpis.cli.test_cli import NEW_KPI

    figures = [
        (part, area, "2024", value, "A", "2025-03-29", "")
        for area in ("COL", "JAM")
        for part, value in (("OSI_SP", "0.71"), ("OSI_TEC", "0.46"))
    ]
    monkeypatch.setenv("ESCALA_DATA", str(few.folder(tmp_path / "data", figures)))
    monkeypatch.setenv("ESCALA_WAREHOUSE", str(tmp_path / "w.duckdb"))
    entries = tmp_path / "mine"
    entries.mkdir()
    (entries / "mine.toml").write_text(NEW_KPI, encoding="utf-8")
    monkeypatch.setenv("ESCALA_CATALOGUE", str(entries))
    assert "Gap of mine" in text_of(opened(kpi="MINE", lang="en"))
    assert "Mi brecha" in text_of(opened(country_page, country="JAM", lang="es"))
    assert "Mi brecha" in text_of(opened(compare_page, kpi="MINE", area=["COL", "JAM"], lang="es"))


@pytest.mark.usefixtures("own_home")
def test_a_broken_entry_is_named_and_the_last_good_figures_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = tmp_path / "broken"
    entries.mkdir()
    (entries / "bad.toml").write_text("[[kpi]]\nid = 'X'\n", encoding="utf-8")
    monkeypatch.setenv("ESCALA_CATALOGUE", str(entries))
    app = opened(lang="en")
    assert not app.exception
    assert "0.985" in text_of(app)
    assert "bad.toml" in "\n".join(warning.value for warning in app.warning)


@pytest.mark.usefixtures("home")
def test_members_whose_status_is_in_doubt_are_named_where_their_group_is_shown() -> None:
    doubt = "Bangladesh, Nepal: Counted as a least developed country through 2026."
    assert doubt in text_of(opened(group="LDC", lang="en"))
    assert doubt not in text_of(opened(group="SIDS", lang="en"))


def test_a_parameter_that_no_page_has_is_named() -> None:
    app = opened(countries="COL", lang="en")
    assert "countries" in text_of(app)
    assert "country" in text_of(app)


def test_the_listed_pages_are_the_pages() -> None:
    from dashboard.components import state
    from dashboard.serve.app import PAGES

    assert set(state.PATHS) == PAGES


@pytest.mark.parametrize(
    ("path", "address", "box", "value"),
    [
        ("stages", {"country": "COL", "show": "matrix", "group": "SIDS"}, "peers", "SIDS"),
        ("robustness", {"country": "COL", "group": "LDC"}, "peers", "LDC"),
        ("country", {"country": "JAM", "group": "LDC"}, "peers", "LDC"),
        ("gaps", {"country": "NAM", "group": "SIDS"}, "peers", "SIDS"),
        ("gaps", {"peers": "SIDS"}, "group", "SIDS"),
        ("world", {"peers": "LDC"}, "group", "LDC"),
        ("progress", {"scope": "group", "peers": "SIDS"}, "group", "SIDS"),
        ("lens", {"show": "income", "country": "COL", "group": "SIDS"}, "peers", "SIDS"),
        ("stages", {"show": "matrix", "group": "LDC", "peers": "SIDS"}, "peers", "SIDS"),
    ],
)
@pytest.mark.usefixtures("home")
def test_group_and_peers_of_a_link_mean_the_same_on_every_page(
    path: str, address: dict[str, str | list[str]], box: str, value: str
) -> None:
    from tests.dashboard.test_links import page

    app = page(path, address)
    assert not app.exception
    assert app.selectbox(key=f"control_{box}").value == value
    store = app.session_state["escala_url"]
    assert store.address()[box] == [value]
    assert not store.notes


@pytest.mark.parametrize(
    ("path", "address", "unused"),
    [
        ("compare", {"area": ["COL", "URY"], "group": "SIDS"}, ["group"]),
        ("compare", {"group": "SIDS", "show": "change"}, []),
        ("stages", {"country": "COL", "from": "2014"}, ["from"]),
        ("stages", {"country": "COL", "from": "2014", "show": "moves"}, []),
        ("stages", {"country": "COL", "group": "SIDS", "dimension": "legal"}, ["group", "dimension"]),
    ],
)
@pytest.mark.usefixtures("home")
def test_what_a_link_names_is_read_by_the_view_or_noted(
    path: str, address: dict[str, str | list[str]], unused: list[str]
) -> None:
    from tests.dashboard.test_links import page

    store = page(path, address).session_state["escala_url"]
    assert all(note.unused for note in store.notes)
    assert sorted(note.name for note in store.notes) == sorted(unused)


@pytest.mark.parametrize("written", ["COL,URY", "col, ury", "Colombia,Uruguay", "UY,CO"])
def test_a_list_with_commas_is_several(written: str):
    app = opened(compare_page, area=written, lang="en")
    assert sorted(app.multiselect(key="control_area").value) == ["COL", "URY"]
    assert opened(compare_page, areas=written, lang="en").multiselect(key="control_area").value


@pytest.mark.parametrize("written", ["col", "CO", "Colombia"])
def test_a_country_of_a_link_may_be_named(written: str):
    assert opened(country_page, country=written, lang="es").selectbox(key="control_country").value == "COL"


@pytest.mark.usefixtures("home")
def test_a_view_without_a_list_of_groups_reads_the_group_of_its_link() -> None:
    from tests.dashboard.test_links import page

    for address in ({"group": "LDC"}, {"peers": "LDC"}):
        app = page("lens", {"show": "association", "country": "COL", **address})
        assert not app.exception
        assert app.session_state["escala_url"].address()["peers"] == ["LDC"]
