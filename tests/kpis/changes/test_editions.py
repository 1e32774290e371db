"""Changes of EGDI, its rank and its indices between editions."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from kpis import changes, egdi
from kpis.changes.editions import _score_parts
from kpis.egdi.inputs import edition_of
from kpis.errors import RequestError
from kpis.warehouse.store import Store

EXACT = 1e-12


def amounts(explained: changes.Explanation) -> dict[str, float]:
    return dict(zip(explained.parts["part"], explained.parts["amount"], strict=True))


def test_every_country_and_pair_of_editions_adds_up(store: Store) -> None:
    """Each pair of editions with other countries, so that some fifty are asked for over all pairs."""
    for turn, (first, last) in enumerate(pairwise(egdi.editions(store))):
        before, after = edition_of(first, store), edition_of(last, store)
        for area in sorted(set(before.areas) & set(after.areas))[turn::48]:
            score = changes.explain(area, "EGDI", first, last, store=store)
            rank = changes.explain(area, "RANK", first, last, store=store)
            for explained in (score, rank):
                assert abs(explained.parts["amount"].sum() - explained.change) <= EXACT
            assert score.before == before.egdi[before.row(area)]
            assert score.after == after.egdi[after.row(area)]


def test_own_parts_and_weights_by_formula(store: Store) -> None:
    explained = changes.explain("GBR", "EGDI", 2005, 2008, store=store)
    before, after = edition_of(2005, store), edition_of(2008, store)
    was, now = before.published[before.row("GBR")], after.published[after.row("GBR")]
    w0, w1 = np.array([1, 1, 1]) / 3, np.array([0.34, 0.33, 0.33])
    parts = amounts(explained)
    own = [parts["own_OSI"], parts["own_TII"], parts["own_HCI"]]
    assert own == pytest.approx(((w0 + w1) / 2 * (now - was)).tolist(), abs=EXACT)
    assert parts["weights"] == pytest.approx(float(((was + now) / 2 * (w1 - w0)).sum()), abs=EXACT)
    assert abs(parts["rounding"]) <= 2e-5


def test_a_rank_gained_because_another_left(small: Store) -> None:
    explained = changes.explain("COL", "RANK", 2004, 2005, store=small)
    assert (explained.before, explained.after, explained.change) == (2, 1, 1)
    assert amounts(explained)["coverage"] == 1
    assert sum(abs(part) for part in amounts(explained).values()) == 1


def test_a_rank_in_a_stated_order_by_hand(small: Store) -> None:
    # 2003: JAM 0.34, NAM 0.31, COL 0.30; 2004: NAM 0.50, COL 0.38, JAM 0.36.
    order = ["own_OSI", "own_TII", "own_HCI", "others", "weights", "coverage", "rounding"]
    explained = changes.explain("COL", "RANK", 2003, 2004, order=order, store=small)
    parts = amounts(explained)
    assert parts["own_OSI"] + parts["own_TII"] + parts["own_HCI"] == 2  # alone it would have passed both
    assert parts["others"] == -1  # Namibia rose past it
    assert explained.change == 1


def test_an_index_without_components_is_not_split(store: Store) -> None:
    explained = changes.explain("COL", "OSI", 2022, 2024, store=store)
    assert explained.parts["kind"].tolist() == ["not_split"]
    assert any("cannot be split" in note for note in explained.notes)
    assert any("OSI, TII, HCI" in n for n in changes.explain("COL", store=store).notes)


def test_an_index_with_components_in_both_editions_is_split(store: Store) -> None:
    before = edition_of(2024, store)
    row, column = before.row("COL"), before.indices.index("OSI")
    moved = before.components["OSI"].copy()
    moved[row, 2] += 0.1  # own services
    moved[before.row("JAM")] = 1.0  # and Jamaica at its best: the spreads move
    after = replace(before, edition=2026, components=before.components | {"OSI": moved})
    published = after.published.copy()
    published[:, column] = egdi.composite(after.component_frame("OSI"), after.rules["OSI"])
    after = replace(after, published=published)
    was, now, parts = _score_parts(before, after, (row, row), "OSI", None)
    assert sum(parts.values()) == pytest.approx(now - was, abs=EXACT)
    assert parts["own_OSI_SP"] == pytest.approx(0.1 * 0.4487, rel=0.01)
    assert parts["own_OSI_IF"] == 0
    assert parts["others_spread"] != 0
    assert parts["weights"] == parts["coverage"] == 0


def test_a_missing_index_is_coverage(store: Store) -> None:
    explained = changes.explain("SMR", "EGDI", 2003, 2012, store=store)
    row = explained.parts.set_index("part").loc["own_HCI"]
    assert row["kind"] == "coverage"
    assert "counted as 0" in row["note"]
    assert any("unreliable" in note for note in explained.notes)


def test_known_oddities_are_named(store: Store) -> None:
    parts = changes.explain("KHM", "EGDI", 2005, 2008, store=store).parts.set_index("part")
    assert parts.loc["rounding", "amount"] == pytest.approx(-0.0028, abs=1e-4)
    assert "does not follow from the published components" in parts.loc["rounding", "note"]
    tie = changes.explain("AND", "RANK", 2018, 2020, store=store).parts.set_index("part")
    assert "The rank printed for 2020" in tie.loc["rounding", "note"]


def test_the_latest_change_is_the_default_and_plain_json(store: Store) -> None:
    explained = changes.explain("COL", store=store)
    assert (explained.from_edition, explained.to_edition) == (2022, 2024)
    plain = json.loads(json.dumps(explained.to_dict(), allow_nan=False))
    assert sum(plain["by_kind"].values()) == pytest.approx(plain["change"], abs=EXACT)


def test_an_order_may_be_stated_for_a_score(store: Store) -> None:
    order = ["weights", "own_HCI", "own_OSI", "own_TII", "rounding"]
    parts = amounts(changes.explain("COL", "EGDI", 2005, 2008, order=order, store=store))
    before = edition_of(2005, store)
    was = before.published[before.row("COL")]
    assert parts["weights"] == pytest.approx(
        float(was @ [0.34 - 1 / 3, 0.33 - 1 / 3, 0.33 - 1 / 3]), abs=EXACT
    )


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("COL", "EGDX"), "measure 'EGDX' is not known. Did you mean 'EGDI'"),
        (("COX",), "'COX' is not known"),
        (("COL", "EGDI", 2024, 2022), "no step forward"),
        (("COL", "EGDI", 2021, 2024), "edition 2021 of EGDI is not held"),
        (("MNE", "EGDI", 2005, 2008), "country of the 2005 edition 'MNE'"),
    ],
)
def test_questions_that_cannot_be_are_refused(asked: tuple, message: str, store: Store) -> None:
    with pytest.raises(RequestError, match=message):
        changes.explain(*asked, store=store)


def test_cards_are_complete() -> None:
    assert all(all(vars(card).values()) for card in changes.METHODS)
