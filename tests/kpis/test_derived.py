"""Scores, index values, stages and progress as the warehouse stores them."""

from __future__ import annotations

import pytest

from kpis import progress, stages
from kpis.errors import RequestError
from kpis.methods import cards
from kpis.queries import Warehouse

EXACT = 1e-12


def test_scores_follow_the_goalposts_and_are_clipped(wh: Warehouse) -> None:
    rows = wh.sql(
        "select s.score, v.obs_value, k.worst, k.best from score as s "
        "join kpi_value as v using (kpi, ref_area, time_period) join kpi as k on k.kpi = s.kpi"
    )
    expected = (100 * (rows["obs_value"] - rows["worst"]) / (rows["best"] - rows["worst"])).clip(0, 100)
    assert len(rows) > 10_000
    assert rows["score"].notna().all()
    assert (rows["score"] - expected).abs().max() <= 1e-10  # three operations of doubles on a scale of 100


def test_score_has_one_row_per_key(wh: Warehouse) -> None:
    twice = wh.sql("select 1 from score group by scenario, kpi, ref_area, time_period having count(*) > 1")
    assert twice.empty


def test_index_values_stand_as_published_and_as_recomputed(wh: Warehouse) -> None:
    both = wh.sql(
        "select p.value as published, r.value as recomputed, p.share_present from index_value as p "
        "join index_value as r using (node, ref_area, time_period) "
        "where p.scenario = 'published' and r.scenario = 'recomputed' "
        "and p.node = 'EGDI' and p.time_period = 2024"
    )
    assert len(both) == 193
    assert (both["published"] - both["recomputed"]).abs().max() <= 0.0001
    assert (both["share_present"] == 1).all()


def test_the_share_of_weight_present_shows_a_missing_part(wh: Warehouse) -> None:
    row = wh.sql(
        "select share_present from index_value where node = 'EGDI' and ref_area = 'SMR' "
        "and time_period = 2003 and scenario = 'published'"
    )
    assert row["share_present"].iloc[0] == pytest.approx(2 / 3, abs=EXACT)  # no HCI for San Marino


def test_stored_stages_are_those_of_the_profile(wh: Warehouse, home: object) -> None:
    profile = stages.profile("COL")
    stored = wh.stages("COL", profile.year).set_index("dimension")["stage"]
    shown = profile.dimensions.set_index("dimension")["stage"]
    assert stored.sort_index().astype(str).tolist() == shown.sort_index().astype(str).tolist()


def test_stored_progress_is_what_assess_says(wh: Warehouse) -> None:
    for row in wh.progress("COL").to_dict("records"):
        said = progress.assess(
            base_year=row["base_year"],
            base_value=row["base_value"],
            latest_year=row["latest_year"],
            latest_value=row["latest_value"],
            direction=row["direction"],
            target=row["target"],
            target_year=row["target_year"],
            method=row["method"],
            worst=row["worst"],
            best=row["best"],
            green=row["green"],
        )
        assert said.status == row["status"], row["kpi"]
        if said.projected is not None:
            assert said.projected == pytest.approx(row["projected"], rel=EXACT)


def test_every_kpi_with_a_target_has_all_four_methods(wh: Warehouse) -> None:
    counts = wh.sql("select kpi, ref_area, count(distinct method) as n from progress group by kpi, ref_area")
    assert (counts["n"] == 4).all()
    with_target = wh.sql("select kpi from kpi where target is not null")["kpi"]
    assert set(counts["kpi"]) == set(with_target)


def test_progress_to_a_year_of_ones_own_changes_the_projection_only(wh: Warehouse) -> None:
    to_2030 = wh.progress("COL", "SDG_17.8.1", "unsd").iloc[0]
    to_2028 = wh.progress("COL", "SDG_17.8.1", "unsd", horizon=2028).iloc[0]
    assert to_2028["status"] == to_2030["status"]
    assert to_2028["projected"] < to_2030["projected"]


def test_a_kpi_without_a_target_is_refused(wh: Warehouse) -> None:
    with pytest.raises(RequestError, match="KPI with a target 'EGDI' is not known"):
        wh.progress("COL", "EGDI")
    with pytest.raises(RequestError, match="Did you mean 'unsd'"):
        wh.progress("COL", method="unds")


def test_every_method_has_a_card_with_formula_and_source() -> None:
    table = cards()
    rooms = {"egdi", "stages", "peers", "association", "changes", "composite", "progress", "plan"}
    assert rooms == set(table["room"])
    assert (table[["name", "formula", "source", "tolerance"]] != "").all().all()
    assert set(table["status"]) <= {"verified", "read", "working", "unconfirmed"}
    assert not table.duplicated(["room", "name"]).any()
