"""Cases beside the catalogue: found, similar and of use for a gate, only where handed over."""

from __future__ import annotations

from kpis import cases, plan
from kpis.cases import EXCHANGED, NONE, OWN, Further
from kpis.cases.repository import COLUMNS
from kpis.queries import Warehouse

CASE = dict.fromkeys(COLUMNS, "") | {
    "case_id": "col-turnos-quipu",
    "name": "Turnos Quipu",
    "country_iso3": "COL",
    "level": "national",
    "status": "active",
    "summary": "Appointments by USSD.",
    "channel": "ussd;in-person",
    "theme": "service-delivery",
    "innovation_type": "process",
    "maturity_stage": "transactional",
    "sdg_targets": "16.6",
    "source_title": "Gaceta",
    "source_url": "https://example.org/quipu",
    "verified": "true",
    "origin": OWN,
    "centre": "",
}
TWO = Further("1", (CASE, {**CASE, "case_id": "per-otro", "country_iso3": "PER", "name": "Otro",
                           "origin": EXCHANGED, "centre": "Lima"}))  # fmt: skip


def test_without_further_cases_all_are_of_the_catalogue() -> None:
    assert set(cases.load()["origin"]) == {cases.CATALOGUE}


def test_they_stand_after_the_catalogue_marked_by_origin() -> None:
    rows = cases.load("es", TWO)
    assert len(rows) == len(cases.load("es")) + 2
    assert rows[["origin", "centre"]].tail(2).to_numpy().tolist() == [[OWN, ""], [EXCHANGED, "Lima"]]
    assert not rows["translated"].tail(2).any()
    assert rows.at["col-turnos-quipu", "channel"] == ("ussd", "in-person")


def test_search_finds_them_only_where_they_are_handed_over() -> None:
    assert list(cases.search("quipu", further=TWO).index) == ["col-turnos-quipu"]
    assert cases.search("quipu", further=NONE).empty
    assert list(cases.search("lima", channel="ussd", further=TWO).index) == ["per-otro"]


def test_another_stamp_is_another_search() -> None:
    other = Further("2", ({**CASE, "name": "Turnos Yupana"},))
    assert list(cases.search("yupana", further=other).index) == ["col-turnos-quipu"]
    assert cases.search("yupana", further=TWO).empty


def test_one_with_an_id_of_the_catalogue_does_not_push_that_out() -> None:
    held = cases.load().index[0]
    rows = cases.load(further=Further("3", ({**CASE, "case_id": held},)))
    assert rows.index.is_unique
    assert rows.at[held, "origin"] == cases.CATALOGUE


def test_they_are_similar_to_each_other() -> None:
    nearest = cases.similar("per-otro", limit=1, further=TWO)
    assert list(nearest.index) == ["col-turnos-quipu"]
    assert nearest["similarity"].tolist() == [1.0]


def test_they_serve_a_gate_beside_the_examples_of_the_catalogue(wh: Warehouse) -> None:
    asked = {"dimension": "services", "stage": "transactional", "area": "COL", "store": wh.tables}
    plain = cases.for_gate("OSI", limit=4, **asked)
    beside = cases.for_gate("OSI", limit=4, further=TWO, **asked)
    assert list(beside.index) == [*plain.index, "col-turnos-quipu", "per-otro"]
    assert not cases.for_gate("SDG_17.6.1", dimension="infrastructure", limit=4, further=TWO,
                              store=wh.tables)["origin"].ne(cases.CATALOGUE).any()  # fmt: skip


def test_they_stand_in_plans(wh: Warehouse) -> None:
    rows = plan.mobile_first("COL", store=wh.tables, further=TWO)
    of_lead = dict(zip(rows["lead"], rows["case_ids"], strict=True))
    assert "col-turnos-quipu" in of_lead["services"]
    plain = plan.mobile_first("COL", store=wh.tables)
    assert "col-turnos-quipu" not in {case for ids in plain["case_ids"] for case in ids}
    mine = plan.make(plan.outlook("HTI", store=wh.tables, stage="transactional"), store=wh.tables)
    steps = plan.increments(mine, store=wh.tables, further=TWO)
    assert {step.dimension for step in steps if "col-turnos-quipu" in step.cases.index} == {"services"}
    written = plan.markdown(mine, "es", wh.tables, further=TWO)
    assert "Turnos Quipu" in written
    assert "Turnos Quipu" not in plan.markdown(mine, "es", wh.tables)
