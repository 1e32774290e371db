"""My country: chosen once, carried by the address, remembered by the browser alone, used on every page."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.components import memory
from dashboard.components.state import Store
from kpis import peers
from kpis.queries import Warehouse
from tests.dashboard.app_pages.test_stages import stages_page
from tests.dashboard.test_pages import compare_page, country_page, opened, text_of
from tests.dashboard.test_trust import gaps_page


@pytest.fixture(autouse=True)
def held(home: Path) -> None:
    assert home.is_file()


@pytest.fixture
def remembers(monkeypatch: pytest.MonkeyPatch) -> object:
    """Has the browser send a cookie along with a visit."""

    def so(code: str) -> None:
        monkeypatch.setattr(type(st.context), "cookies", {memory.COOKIE: code})

    return so


def headline(app: AppTest) -> str:
    text = text_of(app)
    start = text.index('<h1 class="e-headline">')
    return text[start : text.index("</h1>", start)]


def shown(app: AppTest, name: str) -> object:
    """The value of the control of a parameter."""
    return app.selectbox(key=f"control_{name}").value


def address(app: AppTest) -> dict[str, list[str]]:
    written = dict(app.query_params)
    return {name: [codes] if isinstance(codes, str) else codes for name, codes in written.items()}


def test_without_one_nothing_is_assumed_and_nothing_is_carried():
    app = opened(lang="en")
    assert shown(app, "mine") is None
    assert "mine" not in address(app)
    assert "e-own" not in text_of(app)


def test_it_is_chosen_in_the_side_bar_and_stands_in_the_address():
    app = opened(lang="en")
    app.selectbox(key="control_mine").select("COL").run()
    assert address(app)["mine"] == ["COL"]
    assert '<li class="e-own"><i></i><b>Colombia</b>' in text_of(app)
    app.selectbox(key="control_mine").set_value(None).run()
    assert "mine" not in address(app)
    assert "e-own" not in text_of(app)


def test_the_browser_is_told_to_remember_once_it_was_chosen_and_not_before():
    app = opened(lang="en", mine="COL")
    assert '"memory": {}' in text_of(app)  # of a link nothing is remembered
    app.selectbox(key="control_mine").select("JAM").run()
    assert f'"memory": {{"cookie": "{memory.COOKIE}", "code": "JAM", "at": "' in text_of(app)
    app.selectbox(key="control_mine").set_value(None).run()
    assert f'"memory": {{"cookie": "{memory.COOKIE}", "code": "", "at": "' in text_of(app)


def test_what_the_browser_remembers_counts_in_the_first_run(remembers):
    remembers("COL")
    app = opened(lang="en")
    assert shown(app, "mine") == "COL"
    assert address(app)["mine"] == ["COL"]
    assert "<b>Colombia</b>" in text_of(app)
    assert '"memory": {}' in text_of(app)


@pytest.mark.parametrize("code", ["XKX", "QQQ", "<script>alert(1)</script>", "", "col"])
def test_a_cookie_that_is_no_member_state_is_passed_over_without_a_word(remembers, code):
    remembers(code)
    app = opened(lang="en")
    assert not app.exception
    assert shown(app, "mine") is None
    assert "was ignored" not in text_of(app)


@pytest.mark.parametrize("written", ["COL", "col", "Colombia", "Republic of Colombia"])
def test_an_address_names_it_by_code_or_name(written):
    assert shown(opened(lang="en", mine=written), "mine") == "COL"


def test_a_wrong_one_in_an_address_is_noted():
    text = text_of(opened(lang="en", mine="QQQ"))
    assert "<code>mine</code> = <code>QQQ</code> was ignored" in text


def test_a_link_shows_what_its_sender_saw_and_is_not_remembered(remembers):
    remembers("COL")
    app = opened(lang="en", mine="JAM")
    assert '<li class="e-own"><i></i><b>Jamaica</b>' in text_of(app)
    assert "From the link; not remembered." in text_of(app)
    assert '"memory": {}' in text_of(app)
    back = app.button(key="mine_link")
    assert back.label == "Back to Colombia"
    back.click().run()
    assert address(app)["mine"] == ["COL"]
    assert "From the link" not in text_of(app)


def test_the_country_of_a_link_can_be_kept():
    app = opened(lang="en", mine="JAM")
    keep = app.button(key="mine_link")
    assert keep.label == "Remember it"
    keep.click().run()
    assert '"code": "JAM"' in text_of(app)
    assert "From the link" not in text_of(app)


def test_the_side_bar_says_in_spanish_where_it_comes_from():
    app = opened(lang="es", mine="JAM")
    assert app.button(key="mine_link").label == "Recordarlo"
    assert app.selectbox(key="control_mine").label == "Mi país"
    assert "Viene del enlace; no queda guardado." in text_of(app)


@pytest.mark.parametrize(
    ("locale", "offered"),
    [
        ("es-CO", "Colombia?"),
        ("pt-BR", "Brazil?"),
        ("zh-Hans-CN", "China?"),
        ("es_JM", "Jamaica?"),
        ("es-419", None),
        ("en-US", None),
        ("es-ES", None),
        ("es", None),
        ("", None),
        (None, None),
        ("en-XX", None),
        ("de-TW", None),  # no Member State
    ],
)
def test_the_country_of_the_browser_is_offered_and_not_assumed(monkeypatch, locale, offered):
    monkeypatch.setattr(type(st.context), "locale", locale)
    app = opened(lang="en")
    assert shown(app, "mine") is None
    labels = [button.label for button in app.button if button.key == "mine_offer"]
    assert labels == ([offered] if offered else [])
    if offered:
        app.button(key="mine_offer").click().run()
        assert f"{shown(app, 'mine')}" == address(app)["mine"][0]
        assert '"memory": {"cookie"' in text_of(app)


def test_a_page_shows_it_until_another_is_chosen_and_says_which_is_mine():
    app = opened(country_page, lang="en", mine="COL")
    assert headline(app).startswith('<h1 class="e-headline">Colombia')
    assert app.selectbox(key="control_country").label == "Country"
    app.selectbox(key="control_country").select("HTI").run()
    assert headline(app).startswith('<h1 class="e-headline">Haiti')
    assert app.selectbox(key="control_country").label == "Country (mine: Colombia)"
    assert (address(app)["country"], address(app)["mine"]) == (["HTI"], ["COL"])


def test_a_link_to_another_country_leaves_mine_alone():
    app = opened(country_page, lang="es", mine="COL", country="HTI")
    assert headline(app).startswith('<h1 class="e-headline">Haití')
    assert app.selectbox(key="control_country").label == "País (el mío: Colombia)"
    assert address(app)["mine"] == ["COL"]


def test_emptied_the_list_goes_back_to_mine_and_then_to_none():
    app = opened(gaps_page, lang="en", mine="COL", country="HTI")
    app.selectbox(key="control_country").set_value(None).run()
    assert headline(app).startswith('<h1 class="e-headline">Colombia')
    app.selectbox(key="control_country").set_value(None).run()
    assert headline(app).startswith('<h1 class="e-headline">World')
    assert address(app)["country"] == ["none"]
    assert headline(opened(gaps_page, lang="en", mine="COL", country="none")) == headline(app)


def test_no_country_on_one_page_is_no_choice_on_the_next():
    store = Store()
    store.open({"country": ["none"]})
    store.turn("gaps")
    assert store.values["country"] == ["none"]
    store.written = {"country": ["none"]}
    store.open({})
    store.turn("country")
    assert "country" not in store.values


def test_no_country_says_nothing_where_none_is_mine():
    app = opened(gaps_page, lang="en", country="none")
    assert "was ignored" not in text_of(app)
    assert "country" not in address(app)


def test_chosen_it_takes_the_place_of_the_country_looked_at():
    app = opened(lang="en", country="HTI")
    app.selectbox(key="control_mine").select("COL").run()
    assert "country" not in app.session_state["escala_url"].values


def test_comparison_starts_with_mine_and_four_peers(wh: Warehouse):
    app = opened(compare_page, lang="en", mine="COL")
    alike = list(peers.default_peers("COL", 4, store=wh.tables)["ref_area"])
    assert app.multiselect(key="control_area").value == ["COL", *alike]
    assert "area" not in address(app)


def test_comparison_holds_the_country_looked_at_beside_mine():
    areas = opened(compare_page, lang="en", mine="COL", country="HTI").multiselect(key="control_area").value
    assert areas[:2] == ["COL", "HTI"]
    assert len(areas) == len(set(areas)) == 5
    alone = opened(compare_page, lang="en", country="HTI").multiselect(key="control_area").value
    assert (alone[0], len(alone)) == ("HTI", 5)


def test_comparison_with_an_area_that_has_no_peers_and_with_none():
    assert opened(compare_page, country="XKX").multiselect(key="control_area").value == ["XKX"]
    assert opened(compare_page).multiselect(key="control_area").value == ["WORLD", "LDC", "SIDS"]


def test_a_link_with_areas_compares_these_alone():
    app = opened(compare_page, lang="en", mine="COL", country="HTI", area=["JAM", "SIDS"])
    assert app.multiselect(key="control_area").value == ["JAM", "SIDS"]


@pytest.mark.parametrize(
    ("mine", "group"), [("COL", "SUB_419"), ("JAM", "CARIBBEAN_SIDS"), ("WSM", "SIDS"), ("NPL", "LDC")]
)
def test_its_region_is_the_usual_group(mine: str, group: str):
    app = opened(stages_page, lang="en", mine=mine, country="none")
    assert shown(app, "peers") == group


@pytest.mark.parametrize("view", ["map", "tiles", "ranking"])
@pytest.mark.parametrize("mine", ["COL", "TUV", "PRK"])
def test_the_first_page_names_it_with_value_and_rank_in_every_view(view: str, mine: str):
    app = opened(lang="es", mine=mine, view=view, kpi="EGDI")
    assert not app.exception
    text = text_of(app)
    lead, entry = text[text.index('<p class="e-lead">') :], text[text.index('<li class="e-own') :]
    assert "puesto" in lead[: lead.index("</p>")]
    assert f"country={mine}" in lead[: lead.index("</p>")]
    assert "<b>" in entry[: entry.index("</li>")]


def test_the_first_page_says_at_once_where_it_stands_and_leads_to_it():
    text = text_of(opened(lang="en", mine="COL", kpi="OSI"))
    lead = text[text.index('<p class="e-lead">') :]
    assert "./country?lang=en&amp;country=COL&amp;kpi=OSI" in lead[: lead.index("</p>")]
    assert "rank" in lead[: lead.index("</p>")]


def test_a_group_without_it_says_nothing_of_it():
    app = opened(lang="es", mine="COL", view="ranking", group="CARIBBEAN_SIDS")
    assert not app.exception
    assert "e-own" not in text_of(app)
