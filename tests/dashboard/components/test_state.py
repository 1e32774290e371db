"""The address is the state."""

from __future__ import annotations

import pytest

from dashboard.components import addresses
from dashboard.components.state import Store
from dashboard.navigation import PARAMETERS

KPIS = ["EGDI", "OSI"]


def run(store: Store, address: dict[str, list[str]], page: str = "world") -> dict[str, list[str]]:
    """One run of a page with one parameter; returns what the address should hold."""
    store.open(address)
    store.turn(page)
    store.single("kpi", KPIS, "EGDI")
    store.written = store.address()
    return store.written


def test_a_link_opened_cold_is_adopted():
    store = Store()
    assert run(store, {"kpi": ["OSI"]}) == {"kpi": ["OSI"]}


def test_codes_are_read_in_any_case_and_written_as_they_are():
    assert run(Store(), {"kpi": ["osi"]}) == {"kpi": ["OSI"]}


def test_the_default_is_not_written():
    assert run(Store(), {"kpi": ["EGDI"]}) == {}


def test_a_bad_value_is_ignored_with_a_note_that_stays_until_something_changes():
    store = Store()
    assert run(store, {"kpi": ["X" * 900]}) == {}
    [note] = store.notes
    assert note.name == "kpi"
    assert len(note.value) == 40
    assert note.allowed == "EGDI, OSI"
    run(store, {})
    assert store.notes == [note]
    store.put("kpi", ["OSI"])
    run(store, {})
    assert store.notes == []


def test_a_moved_control_wins_over_an_address_that_lags_behind():
    store = Store()
    run(store, {})
    store.put("kpi", ["OSI"])
    assert run(store, {"other": ["1"]}) == {"kpi": ["OSI"]}


def test_the_back_button_restores_and_drops():
    store = Store()
    run(store, {"kpi": ["OSI"]})
    assert run(store, {}) == {}
    assert run(store, {"kpi": ["OSI"]}) == {"kpi": ["OSI"]}


def test_a_change_of_page_keeps_what_its_address_does_not_say():
    store = Store()
    run(store, {"kpi": ["OSI"]})
    assert run(store, {}, page="country") == {"kpi": ["OSI"]}


def test_many_keeps_order_and_drops_repeats_and_excess():
    store = Store()
    store.open({"area": ["C", "a", "C", "Z", "B"]})
    store.turn("compare")
    assert store.many("area", ["A", "B", "C"], most=2) == ["C", "A"]
    assert [note.value for note in store.notes] == ["Z", "B"]


def test_nothing_chosen_stays_nothing():
    store = Store()
    store.put("area", [])
    assert store.many("area", ["A"], ["A"]) == []


def test_a_page_that_runs_alone_keeps_the_shared_choices_in_the_address():
    store = Store()
    store.open({"look": ["dark"], "kpi": ["OSI"]})
    store.turn("world")
    store.single("look", ["auto", "dark"], "auto")
    store.hand_over()
    store.take_over({"look": ["dark"], "kpi": ["OSI"]})
    store.single("kpi", KPIS, "EGDI")
    store.written = store.address()
    store.put("kpi", ["EGDI"])  # a control of the page: the page runs alone
    store.take_over(store.written)
    assert store.single("kpi", KPIS, "EGDI") == "EGDI"
    assert store.address() == {"look": ["dark"]}


def test_a_page_that_runs_alone_drops_the_notes_of_before():
    store = Store()
    store.open({"kpi": ["X"]})
    store.turn("world")
    store.hand_over()
    store.take_over({"kpi": ["X"]})
    store.single("kpi", KPIS, "EGDI")
    assert len(store.notes) == 1
    store.written = store.address()
    store.put("kpi", ["OSI"])
    store.take_over({})
    store.single("kpi", KPIS, "EGDI")
    assert store.notes == []


def whole(store: Store, address: dict[str, list[str]]) -> dict[str, list[str]]:
    """A whole run: the shared controls, then the page."""
    store.open(address)
    store.turn("gaps")
    store.single("look", ["auto", "contrast"], "auto")
    store.hand_over()
    return alone(store, address)


def alone(store: Store, address: dict[str, list[str]]) -> dict[str, list[str]]:
    """A run of the page alone; the browser sends `address` along."""
    store.take_over(address)
    store.single("group", ["WORLD", "SIDS"], "WORLD")
    store.written, store.changed = store.address(), False
    return store.written


def test_a_page_that_runs_alone_keeps_what_a_link_chose_though_its_address_lags_behind():
    store = Store()
    before = whole(store, {})
    linked = whole(store, {"look": ["contrast"], "group": ["SIDS"]})
    assert alone(store, before) == linked == {"look": ["contrast"], "group": ["SIDS"]}


def test_a_page_that_runs_alone_keeps_what_a_control_chose_though_its_address_lags_behind():
    store = Store()
    before = whole(store, {})
    store.put("group", ["SIDS"])
    assert alone(store, before) == {"group": ["SIDS"]}
    assert alone(store, before) == {"group": ["SIDS"]}  # a button, moved before the address was written


def test_a_page_that_runs_alone_does_not_bring_back_what_a_control_has_dropped():
    store = Store()
    linked = whole(store, {"group": ["SIDS"]})
    store.put("group", ["WORLD"])
    assert alone(store, linked) == {}
    assert alone(store, linked) == {}


AREAS = ["COL", "URY", "EGY", "BHS", "COD", "COG", "SIDS"]


def areas(*raw: str) -> tuple[list[str], list[str]]:
    """What a parameter of several areas holds, and the values noted."""
    store = Store()
    store.open({"area": list(raw)})
    store.turn("compare")
    return store.many("area", AREAS), [note.value for note in store.notes]


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        (["COL,URY"], ["COL", "URY"]),
        (["col, sids", "URY"], ["COL", "SIDS", "URY"]),
        (["Egypt, Arab Rep.,COL"], ["EGY", "COL"]),
        (["Bahamas, The"], ["BHS"]),
        (["Colombia", "uy"], ["COL", "URY"]),
        (["República Democrática del Congo"], ["COD"]),
    ],
)
def test_a_list_with_commas_and_names_of_countries_are_read(raw: list[str], read: list[str]):
    assert areas(*raw) == (read, [])


def test_an_unclear_name_is_noted_with_the_choices():
    store = Store()
    store.open({"country": ["Congo"]})
    store.turn("country")
    assert store.single("country", AREAS, None) is None
    assert store.notes[0].allowed == "COG (Congo), COD (Democratic Republic of the Congo)"
    assert store.notes[0].near == ""  # to guess one of them would be no help


def test_the_choices_are_named_in_the_language_of_the_reader():
    match = addresses.code("country", "Congo", {}, "es")
    assert match == (None, "COG (Congo), COD (República Democrática del Congo)")


def test_what_is_no_area_is_noted_and_the_rest_is_read():
    assert areas("COL,XX1,URY") == (["COL", "URY"], ["XX1"])


def test_ids_of_other_things_are_no_names_of_countries():
    store = Store()
    store.open({"kpi": ["Colombia"]})
    store.turn("world")
    assert store.single("kpi", ["COL"], None) is None


@pytest.mark.parametrize(
    "name",
    ["utm_source", "UTM_Medium", "fbclid", "gclid", "mc_cid", "mc_eid", "_ga", "_gl", "igshid", "msclkid",
     "yclid", "ref", "_hsenc", "mtm_campaign", "amp;utm_term", "ttclid", "srsltid", "campaign", "cid",
     "WT.mc_id", "elqTrackId", "ceid", "xtor", "lipi", "__cft__[0]", "_rdr", "isappinstalled", "usg"],
)  # fmt: skip
def test_what_counts_readers_is_dropped(name: str):
    assert addresses.understood({name: ["x"], "country": ["COL"]}, PARAMETERS) == {"country": ["COL"]}


def test_no_parameter_of_the_app_is_taken_for_one_that_counts_readers():
    address = {name: ["x"] for name in PARAMETERS}
    assert addresses.understood(address, PARAMETERS) == address
    assert not [name for name in PARAMETERS if addresses.counted(name)]


def test_an_encoded_ampersand_capitals_and_the_plural_are_read_and_a_stranger_stays():
    written = {
        "amp;lang": ["es"],
        "amp;amp;look": ["dark"],
        "Country": ["COL"],
        "areas": ["COL", "URY"],
        "paises": ["x"],
    }
    assert addresses.understood(written, PARAMETERS) == {
        "lang": ["es"], "look": ["dark"], "country": ["COL"], "area": ["COL", "URY"], "paises": ["x"],
    }  # fmt: skip


def test_group_and_peers_of_an_address_mean_the_same_and_the_one_named_wins():
    for address, peers in (({"group": ["SIDS"]}, ["SIDS"]), ({"group": ["SIDS"], "peers": ["LDC"]}, ["LDC"])):
        store = Store()
        store.open(address)
        store.turn("stages")
        store.adopt("peers", "group")
        assert store.many("peers", ["WORLD", "SIDS", "LDC"], ["WORLD"]) == peers


def test_a_group_chosen_on_another_page_stays_there():
    store = Store()
    store.open({"group": ["SIDS"]})
    store.turn("world")
    store.many("group", ["WORLD", "SIDS"], ["WORLD"])
    store.written = store.address()
    store.open({})
    store.turn("stages")
    store.adopt("peers", "group")
    assert store.many("peers", ["WORLD", "SIDS"], ["WORLD"]) == ["WORLD"]


def test_the_language_stands_in_the_address_also_where_it_is_the_usual_one():
    store = Store()
    store.open({})
    store.turn("world")
    assert store.single("lang", ["en", "es"], "es") == "es"
    assert store.address() == {"lang": ["es"]}
    store.open({"lang": ["es"]})
    store.single("lang", ["en", "es"], "es")
    assert store.address() == {"lang": ["es"]}


@pytest.mark.parametrize(
    "said", ["COL,URY", "COL;URY", "COL|URY", "COL URY", '["COL","URY"]', "'COL', 'URY'.", " COL ,\u200bURY "]
)
def test_a_list_is_read_however_it_is_written(said: str):
    store = Store()
    store.open({"area": [said]})
    assert store.many("area", ["COL", "URY", "PER"]) == ["COL", "URY"]
    assert store.notes == []


def test_a_list_in_the_way_of_programs_is_that_parameter():
    written = {"area[]": ["COL"], "area[1]": ["URY"], "KPIs[]": ["EGDI"], "paises[]": ["x"]}
    assert addresses.understood(written, PARAMETERS) == {
        "area": ["COL", "URY"], "kpi": ["EGDI"], "paises[]": ["x"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "lang"), [("es-CO", "es"), ("es_419", "es"), ("EN-us", "en"), ("es.", "es")]
)
def test_a_language_may_carry_a_region(said: str, lang: str):
    store = Store()
    store.open({"lang": [said]})
    assert store.single("lang", ["en", "es"], "en" if lang == "es" else "es") == lang
    assert store.notes == []


@pytest.mark.parametrize("said", ["ATA", "Antarctica", "Bouvet Island"])
def test_a_known_area_without_figures_is_not_taken_for_a_slip_of_another(said: str):
    store = Store()
    store.open({"country": [said]})
    assert store.single("country", ["VAT", "COL"], None) is None
    assert [note.near for note in store.notes] == [""]


def test_the_choices_of_a_name_with_two_meanings_are_in_the_readers_language():
    store = Store(lang="es")
    store.open({"country": ["Congo"]})
    store.single("country", ["COG", "COD"], None)
    assert store.notes[0].allowed == "COG (Congo), COD (República Democrática del Congo)"


def opened(page: str, address: dict[str, list[str]], *read: str) -> Store:
    """A page that reads some parameters of an opened address, each with the codes A and B."""
    store = Store()
    store.open(address)
    store.turn(page)
    for name in read:
        store.single(name, ["A", "B"], "A")
    store.note_unused()
    store.written = store.address()
    return store


def test_what_an_address_names_and_the_view_does_not_read_is_noted_once():
    store = opened("compare", {"kpi": ["B"], "group": ["SIDS"], "from": ["2012"], "look": ["dark"]}, "kpi")
    assert [(note.name, note.value, note.unused) for note in store.notes] == [
        ("group", "SIDS", True),
        ("from", "2012", True),
    ]
    store.open(store.written)  # the same page drawn again
    store.turn("compare")
    store.note_unused()
    assert len(store.notes) == 2
    store.put("kpi", ["A"])  # a control was moved
    store.open({})
    store.turn("compare")
    store.note_unused()
    assert store.notes == []


def test_the_usual_value_a_strange_name_and_the_twin_that_was_read_are_no_unused_parts():
    assert opened("compare", {"kpi": ["A"], "zzz": ["1"], "group": [""], "show": []}, "kpi").notes == []
    assert opened("stages", {"group": ["LDC"], "peers": ["A"]}, "peers").notes == []


def test_a_choice_of_another_page_is_no_unused_part_of_the_address():
    store = opened("world", {"group": ["B"]}, "group")
    store.open({"lang": ["es"]})  # by the navigation
    store.turn("lessons")
    store.note_unused()
    assert store.notes == []


@pytest.mark.parametrize("said", ["", "nonsense"])
def test_a_bad_group_is_noted_under_the_name_that_the_address_has(said: str):
    store = Store()
    store.open({"group": [said, "x"]})
    store.turn("gaps")
    store.adopt("peers", "group")
    assert store.many("peers", ["WORLD", "SIDS"], ["WORLD"]) == ["WORLD"]
    assert {note.name for note in store.notes} == {"group"}
