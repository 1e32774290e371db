"""Similar cases, and cases for a gate."""

from __future__ import annotations

import pytest

from kpis import cases
from kpis.errors import RequestError
from kpis.queries import Warehouse


def test_shares_of_similarity_sum_to_one() -> None:
    assert sum(cases.SHARES.values()) == pytest.approx(1, abs=1e-12)  # sums of tenths


def test_similar_cases_are_like_it_and_never_itself() -> None:
    found = cases.similar("est-x-road", limit=177)
    assert "est-x-road" not in found.index
    assert found["similarity"].between(0, 1).all()
    assert found["similarity"].is_monotonic_decreasing
    assert found.index[0] == "khm-camdx"  # a data exchange modelled on it, equal in every attribute
    assert found["similarity"].iloc[0] == 1


def test_similarity_by_hand() -> None:
    one, other = cases.load().loc["est-x-road"], cases.load().loc["gbr-notify"]
    same = sum(
        cases.SHARES[c] for c in ("theme", "innovation_type", "maturity_stage", "level") if one[c] == other[c]
    )
    targets = set(one["sdg_targets"]), set(other["sdg_targets"])
    overlap = len(targets[0] & targets[1]) / len(targets[0] | targets[1])
    channels = float(one["channel"] == other["channel"])
    found = cases.similar("est-x-road", limit=177).at["gbr-notify", "similarity"]
    assert found == pytest.approx(same + 0.2 * overlap + 0.1 * channels, abs=1e-4)  # shown to four digits


def test_an_unknown_case_is_named() -> None:
    with pytest.raises(RequestError, match="Did you mean 'est-x-road'"):
        cases.similar("est-x-rod")


def test_cases_of_the_actions_of_the_step_come_first() -> None:
    cited = set(cases.actions("services", "transactional")["case_ids"].explode())
    found = cases.for_gate(dimension="services", stage="transactional", limit=177)
    assert set(found[found["reason"] == "action"].index) == cited
    assert found["reason"].map(cases.REASONS.index).is_monotonic_increasing
    assert found["why"].str.startswith("An example of this action:").sum() == len(cited)
    assert found.loc[found["reason"] == "action", "action_ids"].map(len).min() >= 1


def test_only_an_example_of_an_action_for_this_kpi_is_called_one() -> None:
    """SDG 8.10.2, services to transactional: two actions name it; one counter for all services is general."""
    found = cases.for_gate("SDG_8.10.2", dimension="services", stage="transactional", limit=177)
    examples = {"tza-gepg", "hti-ti-manman-cheri", "ind-dbt", "sle-ebola-payments"}
    assert set(found.index[found["example"]]) == examples
    assert set(found.index[found["reason"] == "general"]) == {"ken-huduma", "dom-puntos-gob", "aze-asan"}
    assert not found.loc["ken-huduma", "example"]
    assert (
        found.loc["uga-mobile-vrs", "reason"] == "dimension"
    )  # of an action that moves 16.9.1, not accounts
    assert found.loc["uga-mobile-vrs", "action_ids"] == ()
    assert (
        found.loc[found["reason"].isin(["target", "stage", "dimension"]), "why"]
        .str.contains("In this dimension")
        .all()
    )


def test_where_a_step_has_no_action_those_of_another_step_are_named_as_such() -> None:
    """The organisational pillar of the GCI has no action for the first step; the next one has."""
    found = cases.for_gate("GCI_ORG", dimension="institutional", stage="enhanced", limit=177)
    other = found[found["reason"] == "other_step"]
    assert set(other.index) == {"dom-cncs", "vut-cert"}
    assert other["example"].all()
    assert other["why"].str.startswith("An example of an action for another step of this KPI:").all()


def test_a_kpi_brings_cases_of_its_target() -> None:
    found = cases.for_gate("SDG_16.9.1", dimension="services", stage="transactional", limit=177)
    of_target = found[found["reason"] == "target"]
    assert not of_target.empty
    assert of_target["sdg_targets"].map(lambda held: "16.9" in held).all()
    assert "16.9" in of_target["why"].iloc[0]


def test_countries_near_the_area_come_first_among_equals(wh: Warehouse) -> None:
    found = cases.for_gate(
        dimension="services", stage="transactional", area="HTI", limit=177, store=wh.tables
    )
    cited = found[found["reason"] == "action"]
    near = cited["near"].ne("").tolist()
    assert near == sorted(near, reverse=True)
    assert cited.at["hti-ti-manman-cheri", "near"] == "LDC"


def test_words_come_in_spanish() -> None:
    assert cases.for_gate(dimension="legal", lang="es")["why"].str.startswith("Ejemplo").any()


@pytest.mark.parametrize("ask", [{"dimension": "x"}, {"dimension": "legal", "stage": "emerging"}])
def test_unknown_steps_are_named(ask) -> None:
    with pytest.raises(RequestError, match="is not known"):
        cases.for_gate(**ask)


def test_an_unknown_area_is_named(wh: Warehouse) -> None:
    with pytest.raises(RequestError, match="UN Member State 'XXX'"):
        cases.for_gate(dimension="legal", area="XXX", store=wh.tables)
