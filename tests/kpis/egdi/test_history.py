"""Precedents, counted by hand on three countries and against a plain count on the real figures."""

from __future__ import annotations

import json
import math

import pytest

from kpis import egdi
from kpis.errors import RequestError
from kpis.warehouse.store import Store


def test_one_edition_by_hand(small: Store) -> None:
    found = egdi.precedents(0.33, 0.05, store=small)
    spells = found.spells.set_index(["ref_area", "from_edition"]).sort_index()
    # Namibia's unreliable start of 2003 is left out; Colombia's 0.38 lies on the edge of the band.
    assert list(spells.index) == [
        ("COL", 2003),
        ("COL", 2004),
        ("JAM", 2003),
        ("JAM", 2004),
        ("JAM", 2005),
        ("NAM", 2008),
    ]
    assert spells["achieved"].tolist() == [True, False, False, False, True, False]
    assert (found.n, found.achieved, found.n_areas, found.n_areas_achieved) == (6, 2, 3, 2)
    assert found.share == pytest.approx(2 / 6)
    assert found.who == ["JAM", "COL"]  # 0.19 before 0.08
    assert found.by_years[["years", "n", "achieved"]].to_numpy().tolist() == [
        [1, 4, 1],
        [3, 1, 1],
        [16, 1, 0],
    ]


def test_two_editions_by_hand(small: Store) -> None:
    found = egdi.precedents(0.33, 0.05, editions=2, store=small)
    spells = found.spells.set_index(["ref_area", "from_edition"])
    assert (found.n, found.achieved) == (5, 4)
    assert spells.loc[("COL", 2003), ["reached_edition", "reached_years", "years"]].tolist() == [2004, 1, 2]
    assert spells.loc[("JAM", 2005), ["reached_edition", "reached_years", "years"]].tolist() == [2008, 3, 19]
    assert not spells.loc[("JAM", 2003), "achieved"]


def test_an_edition_missing_inside_the_window_is_skipped(small: Store) -> None:
    (row,) = egdi.precedents(0.5, 0.01, editions=2, band=0.02, store=small).spells.to_dict("records")
    assert (row["ref_area"], row["from_edition"], row["highest"], row["achieved"]) == (
        "NAM",
        2004,
        0.36,
        False,
    )


def test_the_exact_rise_counts(small: Store) -> None:
    assert egdi.precedents(0.30, 0.08, band=0.001, store=small).achieved == 1
    assert egdi.precedents(0.30, 0.0801, band=0.001, store=small).achieved == 0


def test_a_country_stands_for_its_level(store: Store) -> None:
    by_area, by_level = egdi.precedents("COL", 0.05, store=store), egdi.precedents(0.7793, 0.05, store=store)
    assert by_area.level == 0.7793
    assert by_area.spells.equals(by_level.spells)


def test_against_a_plain_count(store: Store) -> None:
    rows = store.query(
        "select v.ref_area, v.time_period, v.obs_value, v.obs_status from kpi_value v "
        "join area a using (ref_area) where a.un_member and v.kpi = 'EGDI'"
    )
    value = {(r.ref_area, r.time_period): r.obs_value for r in rows.itertuples() if r.obs_status != "U"}
    years = egdi.editions(store)
    n = achieved = 0
    for (area, year), start in value.items():
        place = years.index(year)
        if abs(start - 0.6) <= 0.05 and place + 2 < len(years) and (area, years[place + 2]) in value:
            window = [value[area, y] for y in years[place + 1 : place + 3] if (area, y) in value]
            n += 1
            achieved += max(window) - start >= 0.08
    found = egdi.precedents(0.6, 0.08, editions=2, store=store)
    assert (found.n, found.achieved) == (n, achieved)
    assert n > 50


def test_no_precedent_is_no_share(store: Store) -> None:
    found = egdi.precedents(0.999, 0.01, band=0.001, store=store)
    assert found.n == 0
    assert math.isnan(found.share)
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["share"] is None


def test_a_longer_rise_is_never_more_frequent(store: Store) -> None:
    counts = [
        egdi.precedents("COL", rise, editions=3, store=store).achieved for rise in (0.02, 0.05, 0.1, 0.2)
    ]
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"area_or_level": 1.5, "rise": 0.05}, "EGDI from 0 to 1"),
        ({"area_or_level": "COX", "rise": 0.05}, "'COX' is not known"),
        ({"area_or_level": 0.5, "rise": 0}, "above 0 and up to 1"),
        ({"area_or_level": 0.5, "rise": math.nan}, "above 0 and up to 1"),
        ({"area_or_level": 0.5, "rise": 0.1, "band": 0}, "above 0 and up to 0.5"),
        ({"area_or_level": 0.5, "rise": 0.1, "editions": 12}, "whole number from 1 to 11"),
        ({"area_or_level": 0.5, "rise": 0.1, "editions": 1.5}, "whole number"),
        ({"area_or_level": "COL", "rise": 0.1, "edition": 2023}, "edition 2023 of EGDI is not held"),
    ],
)
def test_questions_that_cannot_be_are_refused(asked: dict, message: str, store: Store) -> None:
    with pytest.raises(RequestError, match=message):
        egdi.precedents(**asked, store=store)


def test_cards_are_complete() -> None:
    assert all(all(vars(card).values()) for card in egdi.METHODS)
    assert len({card.name for card in egdi.METHODS}) == len(egdi.METHODS)
