"""What it takes: each answer is put back into the what-if it came from."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis import egdi
from kpis.egdi.ambition import TOLERANCE
from kpis.egdi.inputs import Edition
from kpis.errors import RequestError
from kpis.warehouse.store import Store

LITTLE_LESS = 3 * TOLERANCE


def test_by_hand_on_evenly_spaced_countries(small: Store) -> None:
    # Indices set directly (2008 has no components): EGDI = 0.34 OSI + 0.33 TII + 0.33 HCI, all 0.45.
    wish = egdi.reach("COL", egdi=0.5, edition=2008, store=small)
    table = wish.table.set_index("component")
    assert table.loc["OSI", "needed"] == pytest.approx(0.45 + 0.05 / 0.34, abs=1e-8)
    assert table.loc["TII", "needed"] == pytest.approx(0.45 + 0.05 / 0.33, abs=1e-8)
    assert wish.equal_effort.share == pytest.approx(0.05 / 0.55, abs=1e-8)
    assert wish.rise == pytest.approx(0.05, abs=1e-12)


@given(data=st.data())
@settings(max_examples=15)  # each asks for all twenty components
def test_each_answer_meets_the_wish_and_a_little_less_does_not(
    data: st.DataObject, latest: Edition, store: Store
) -> None:
    area = data.draw(st.sampled_from(latest.areas))
    wish = data.draw(
        st.one_of(
            st.fixed_dictionaries({"egdi": st.floats(0.05, 0.99)}),
            st.fixed_dictionaries({"rank": st.integers(1, 193)}),
            st.fixed_dictionaries({"group": st.sampled_from(["Very High", "High", "Middle"])}),
        )
    )
    answer = egdi.reach(area, **wish, store=store)

    def met(changes: dict[str, float]) -> bool:
        after = egdi.simulate({area: changes}, store=store).everyone_after.loc[[area]]
        return bool(answer.wish.met(after["EGDI"].to_numpy(), after["rank"].to_numpy())[0])

    for row in answer.table.itertuples(index=False):
        if row.status == "reached already":
            assert row.needed == row.now
            assert met({})
        elif row.status == "within reach":
            distance = row.limit - row.now
            assert met({row.component: row.needed})
            assert met({row.component: row.needed_rounded})
            assert not met({row.component: row.needed - LITTLE_LESS * distance})
        else:
            assert math.isnan(row.needed)
            assert not met({row.component: row.limit})
    effort = answer.equal_effort
    assert met(effort.changes) == (effort.status != "out of reach")
    after = egdi.simulate({area: effort.changes}, store=store).after.loc[area]
    assert (after["EGDI"], after["rank"], after["group"]) == (effort.egdi, effort.rank, effort.group)


def test_what_the_limit_gives_is_said(store: Store) -> None:
    row = egdi.reach("COL", rank=1, store=store).table.set_index("component").loc["OSI_SP"]
    limit = egdi.simulate({"COL": {"OSI_SP": 1}}, store=store).after.loc["COL"]
    assert row["status"] == "out of reach"
    assert (row["EGDI"], row["rank"]) == (limit["EGDI"], limit["rank"])


def test_limits_say_where_they_come_from(store: Store) -> None:
    answer = egdi.reach("COL", rank=1, store=store)
    table = answer.table.set_index("component")
    assert table.loc["OSI_SP", ["limit", "limit_basis"]].tolist() == [1.0, "natural limit"]
    assert table.loc["TII_AFF_MOBILE_BASKET", "limit"] == 1
    assert table.loc["HCI_GER", ["limit", "limit_basis"]].tolist() == [100.0, "cap of the index"]
    assert table.loc["HCI_EYS", ["limit", "limit_basis"]].tolist() == [21.08, "best of the edition"]
    assert any("HCI_EYS, HCI_MYS have no natural limit" in note for note in answer.notes)


def test_a_wish_met_already_asks_for_nothing(store: Store) -> None:
    answer = egdi.reach("DNK", rank=1, store=store)
    assert answer.reached
    assert answer.rise == 0
    assert answer.equal_effort.share == 0


def test_beyond_a_cap_nothing_is_taken_back(store: Store) -> None:
    answer = egdi.reach("DNK", egdi=1.0, store=store)  # gross enrolment of 105.94, cap 100
    row = answer.table.set_index("component").loc["HCI_GER"]
    assert row["limit"] == row["now"] == 105.94
    assert answer.equal_effort.changes["HCI_GER"] == 105.94


def test_the_result_is_plain_json(store: Store) -> None:
    answer = egdi.reach("SOM", group="very high", store=store)
    plain = json.loads(json.dumps(answer.to_dict(), allow_nan=False))
    assert plain["wish"]["value"] == "Very High"
    assert plain["equal_effort"]["changes"] == answer.equal_effort.changes


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        ({}, "give one wish"),
        ({"egdi": 0.8, "rank": 3}, "give one wish"),
        ({"egdi": 1.2}, "from 0 to 1"),
        ({"egdi": math.nan}, "from 0 to 1"),
        ({"rank": 0}, "from 1 to 193"),
        ({"rank": 2.5}, "whole number"),
        ({"rank": True}, "whole number"),
        ({"group": "Very Hihg"}, "Did you mean 'Very High'"),
    ],
)
def test_wishes_that_cannot_be_are_refused(wish: dict, message: str, store: Store) -> None:
    with pytest.raises(RequestError, match=message):
        egdi.reach("COL", **wish, store=store)
