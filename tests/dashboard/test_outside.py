"""Areas that are no UN Member State: found, named as such, with values and no rank; no page breaks."""

from __future__ import annotations

import re

import pytest

from dashboard.components import pickers
from dashboard.reads import shared as data
from tests.dashboard.test_links import page
from tests.dashboard.test_pages import opened, text_of

ASSESSING = ("stages", "progress", "plan", "robustness", "forecast", "gaps", "lens", "releases")


@pytest.mark.usefixtures("home")
def test_those_with_figures_are_offered_marked_and_those_without_are_not() -> None:
    labels = pickers.places(data.warehouse(), "es")
    assert {"XKX", "TWN", "HKG", "PSE", "MAC", "PRI", "VAT", "COK"} <= set(labels)
    assert labels["XKX"] == "Kosovo · no es Estado Miembro de la ONU"
    assert labels["MEX"] == "México"
    assert "ATA" not in labels
    assert len(labels) == 193 + len(data.outside(data.warehouse()))


@pytest.mark.parametrize("area", ["XKX", "TWN", "HKG", "PSE", "VAT", "GLP"])
@pytest.mark.usefixtures("home")
def test_the_country_page_shows_values_and_no_rank(area: str) -> None:
    app = page("country", {"country": area})
    assert not app.exception
    assert not app.session_state["escala_url"].notes
    text = text_of(app)
    assert "and no rank" in text
    assert "Not a UN Member State" in text
    assert not re.search(r"rank \d+ of|Strongest:|Three strongest", text)
    briefs = [button.key for button in app.get("download_button") if str(button.key).startswith("brief_")]
    assert briefs == [f"brief_{form}_country" for form in ("pdf", "docx", "pptx", "xlsx", "html")]


@pytest.mark.usefixtures("home")
def test_a_value_of_an_area_outside_is_the_one_held() -> None:
    [stored] = data.values(data.warehouse(), "GTMI", ("XKX",)).query("time_period == 2025")["obs_value"]
    assert f"{stored:.3f}" in text_of(page("country", {"country": "XKX", "kpi": "GTMI"}))


@pytest.mark.usefixtures("home")
def test_an_answer_without_a_place_ends_with_its_year() -> None:
    text = re.sub(r"<[^>]+>|\s", "", text_of(page("country", {"country": "XKX", "kpi": "GTMI_I35"})))
    assert "Kosovo:2of3" in text
    assert "(2022),–" not in text


@pytest.mark.parametrize("where", ASSESSING)
@pytest.mark.parametrize("area", ["XKX", "Palestine"])
@pytest.mark.usefixtures("home")
def test_a_page_that_assesses_member_states_says_so_and_keeps_the_choice(where: str, area: str) -> None:
    app = page(where, {"country": area})
    store = app.session_state["escala_url"]
    assert not app.exception
    assert not store.notes
    assert store.outside in ("Kosovo", "State of Palestine")
    assert store.address()["country"] == [pickers.names.index().find(area)[0]]


def stages_page() -> None:
    """The script of the page Stages with its notes."""
    from dashboard.app_pages.stages import page as stages
    from dashboard.components import numbers, shell, state

    state.begin()
    lang = shell.settle_language()
    state.store().turn("stages")
    stages.draw(shell.reader(lang, numbers.number_format("auto", lang), "light"))
    shell.notes()


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "Kosovo is not a UN Member State, so it is not"), ("es", "Kosovo no es Estado Miembro de las")],
)
@pytest.mark.usefixtures("home")
def test_the_sentence_is_on_the_screen_in_both_languages(lang: str, words: str) -> None:
    assert words in text_of(opened(stages_page, country="XKX", lang=lang))


@pytest.mark.parametrize("view", ["trend", "profile", "table"])
@pytest.mark.usefixtures("home")
def test_compare_holds_them_beside_countries_and_groups(view: str) -> None:
    app = page("compare", {"area": ["COL", "TWN", "XKX", "SIDS"], "kpi": "GTMI", "show": view})
    assert not app.exception
    assert app.multiselect(key="control_area").value == ["COL", "TWN", "XKX", "SIDS"]
    assert "Taiwan" in text_of(app)


@pytest.mark.usefixtures("home")
def test_alone_on_the_profile_there_is_a_sentence() -> None:
    app = page("compare", {"area": ["XKX"], "show": "profile"})
    assert not app.exception
    assert "None of those chosen has a fresh value with a percentile." in text_of(app)


@pytest.mark.parametrize(("words", "name"), [("Kosovo", "Kosovo"), ("Palestina", "State of Palestine")])
@pytest.mark.usefixtures("home")
def test_the_search_leads_to_their_values(words: str, name: str) -> None:
    text = text_of(opened(lang="en", find=words))
    assert name in text
    assert "not a UN Member State" in text
    assert "./compare?" in text


@pytest.mark.parametrize(
    ("areas", "kpi"),
    [(["XKX"], "EGDI"), (["XKX", "TWN"], "SDG_1.1.1"), (["TWN"], "GTMI_I35"), (["HKG"], "OSI")],
)
@pytest.mark.usefixtures("home")
def test_compare_says_so_where_none_of_those_chosen_has_a_value(areas: list[str], kpi: str) -> None:
    is_stored = data.values(data.warehouse(), kpi, tuple(areas))["obs_value"].notna().any()
    app = page("compare", {"area": areas, "kpi": kpi})
    assert not app.exception
    text = text_of(app)
    assert "Choose countries or groups to compare." not in text
    assert ("None of those chosen has a value of this KPI" in text) is not is_stored
    assert ("no data for this choice" in text) is not is_stored


@pytest.mark.usefixtures("home")
def test_compare_names_who_is_not_drawn() -> None:
    text = text_of(page("compare", {"area": ["COL", "XKX", "TWN"], "kpi": "EGDI"}))
    assert "no value of this KPI: Kosovo, Taiwan" in text
    assert "no value of this KPI" not in text_of(page("compare", {"area": ["COL", "URY"], "kpi": "EGDI"}))


@pytest.mark.parametrize(
    "where", ["country", "stages", "plan", "lens", "gaps", "releases", "robustness", "forecast"]
)
@pytest.mark.parametrize("area", ["XKX", "TWN", "HKG", "PSE"])
@pytest.mark.usefixtures("home")
def test_every_list_of_countries_offers_them_and_the_page_says_what_it_does_not_assess(
    where: str, area: str
) -> None:
    app = page(where, {"country": area})
    label = pickers.places(data.warehouse(), "en")[area]
    [box] = [selectbox for selectbox in app.selectbox if selectbox.label == "Country"]
    assert label in box.options
    assert app.session_state["escala_url"].address()["country"] == [area]
    assert app.session_state["escala_url"].outside == ("" if where == "country" else label.split(" · ")[0])
