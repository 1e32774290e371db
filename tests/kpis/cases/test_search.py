"""Laws of the search: accents, languages, slips, filters, hostile words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis import cases
from kpis.cases.search import words
from kpis.errors import RequestError
from kpis.queries import Warehouse


def ids(query: str, **filters) -> list[str]:
    """Ids found, in order."""
    return cases.search(query, **filters).index.tolist()


def test_an_empty_query_finds_all() -> None:
    assert len(ids("")) == len(ids("   ")) == 177
    assert set(ids("")) == set(cases.load().index)


def test_accents_and_case_are_optional() -> None:
    assert ids("identificación") == ids("IDENTIFICACION") != []


def test_both_languages_find_the_same_whatever_is_shown() -> None:
    assert "est-x-road" in ids("data exchange", lang="es")
    assert ids("registro civil", lang="en") == ids("registro civil", lang="es") != []
    assert cases.search("registro civil", lang="es")["translated"].all()


def test_every_word_must_be_found_so_more_words_never_find_more() -> None:
    assert set(ids("mobile registration")) <= set(ids("mobile"))
    assert ids("mobile xyzzyplugh") == []


@pytest.mark.parametrize("slip", ["blockchian", "blockhain", "blockchainn", "blockchaim"])
def test_one_letter_may_be_wrong(slip) -> None:
    found = cases.search(slip)
    assert found.index[0] == "col-blockchain-pilot"
    assert found["matched"].iloc[0] == ("blockchain",)


def test_the_beginning_of_a_word_is_enough_and_a_whole_word_comes_first() -> None:
    assert "col-blockchain-pilot" in ids("blockch")
    assert ids("x-road")[0] == "est-x-road"


def test_small_words_of_a_sentence_do_not_narrow() -> None:
    assert ids("registro de los nacimientos") == ids("registro nacimientos") != []


def test_a_country_is_found_by_its_name_in_both_languages_and_its_code() -> None:
    for name in ("Kenya", "kenia", "KEN"):
        assert "ken-huduma" in ids(name)


def test_filters_narrow_and_codes_of_one_filter_are_alternatives(wh: Warehouse) -> None:
    every = set(ids(""))
    both, one, other = (set(ids("", theme=t)) for t in (["health", "tax"], "health", ["tax"]))
    assert both == one | other
    assert one < every
    for filters in (
        {"stage": "connected"},
        {"channel": "sms"},
        {"level": "municipal"},
        {"dimension": "legal"},
    ):
        assert 0 < len(ids("", **filters)) < 177
        assert set(ids("registro", **filters)) <= set(ids("registro"))
    caribbean = cases.search(group="CARIBBEAN_SIDS", store=wh.tables)
    assert set(caribbean["country_iso3"]) <= set(wh.members("CARIBBEAN_SIDS"))
    assert set(ids("", target="16.9")) < set(ids("", target="16"))


def test_verified_and_not_verified_are_all() -> None:
    yes, no = ids("", verified=True), ids("", verified=False)
    assert len(yes) + len(no) == 177
    assert len(no) == 15


@pytest.mark.parametrize(
    "filters", [{"theme": "x"}, {"stage": ["x"]}, {"target": "99"}, {"dimension": "'; drop"}]
)
def test_an_unknown_filter_is_named(filters) -> None:
    with pytest.raises(RequestError, match="is not known"):
        cases.search("", **filters)


def test_an_unknown_group_is_named(wh: Warehouse) -> None:
    with pytest.raises(RequestError, match="group 'ATLANTIS'"):
        cases.search("", group="ATLANTIS", store=wh.tables)


@given(st.text(max_size=300))
def test_no_query_breaks_the_search(query) -> None:
    found = cases.search(query)
    assert len(found) == 177 or query.strip()
    assert found["score"].is_monotonic_decreasing


@pytest.mark.parametrize("query", ["'; drop table case; --", "<script>", "%%", "(((", "\\", "a" * 100_000])
def test_hostile_words_find_little_and_harm_nothing(query) -> None:
    assert len(ids(query)) < 177
    assert len(ids("")) == 177


def test_words_are_folded() -> None:
    assert words("Identificación móvil, e-Gov_2014 ¡Ñandú!") == [
        "identificacion",
        "movil",
        "e",
        "gov",
        "2014",
        "nandu",
    ]
