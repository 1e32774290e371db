"""Scores, index values, stages and progress as the warehouse stores them."""

from __future__ import annotations

import pandas as pd
import pytest

from kpis import progress, stages
from kpis.errors import RequestError
from kpis.freshness import is_old
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


@pytest.mark.usefixtures("home")
def test_stored_stages_are_those_of_the_profile(wh: Warehouse) -> None:
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
        assert said.status == row["formula_status"], row["kpi"]
        assert row["status"] == (progress.NO_RECENT_FIGURE if row["latest_old"] else said.status), row["kpi"]
        if said.projected is not None:
            assert said.projected == pytest.approx(row["projected"], rel=EXACT)


def every_progress(wh: Warehouse) -> pd.DataFrame:
    """Progress of all KPIs with a target in all Member States by all methods."""
    return wh.progress(wh.areas().loc[lambda table: table["un_member"], "ref_area"].tolist())


def test_no_status_comes_from_a_value_beyond_the_limit_of_its_kpi(wh: Warehouse) -> None:
    rows = every_progress(wh)
    latest = wh.sql(
        "select kpi, ref_area, time_period, age > fresh_years as old from kpi_latest join kpi using (kpi)"
    ).set_index(["kpi", "ref_area"])
    held = latest.loc[pd.MultiIndex.from_frame(rows[["kpi", "ref_area"]])]
    assert (rows["latest_year"].to_numpy() == held["time_period"].to_numpy()).all()
    old = is_old(rows["latest_year"], rows["fresh_years"], wh.as_of)
    assert old.tolist() == held["old"].tolist() == rows["latest_old"].tolist()
    assert set(rows.loc[old, "status"]) == {progress.NO_RECENT_FIGURE}
    assert set(rows.loc[old, "verdict"]) == {progress.NO_RECENT_FIGURE}
    assert set(rows.loc[old, "on_track_by"]) == {""}
    assert progress.NO_RECENT_FIGURE not in set(rows.loc[~old, "status"]) | set(rows.loc[~old, "verdict"])
    like = {status for card in progress.METHODS.values() for status in card.on_track}
    assert (old & rows["formula_status"].isin(like)).any()  # or this test would prove nothing


@pytest.mark.parametrize("horizon", [None, 2027, 2040])
def test_no_year_of_arrival_lies_in_the_past(wh: Warehouse, horizon: int | None) -> None:
    areas = wh.areas().loc[lambda table: table["un_member"], "ref_area"].tolist()
    rows = wh.progress(areas, horizon=horizon)
    for column in ("arrival", "limit_year"):
        assert rows[column].dropna().gt(wh.as_of).all()
        assert not rows.loc[rows[column].notna(), "latest_old"].any()
    assert not (rows["arrival"].notna() & rows["unconfirmed_year"].notna()).any()
    past = rows["unconfirmed_year"].le(wh.as_of).fillna(False).astype(bool)
    assert (past & ~rows["latest_old"]).any()
    assert (past & rows["latest_old"]).any()


def test_precedents_are_those_of_the_fan(wh: Warehouse) -> None:
    rows = wh.progress(["COL", "HTI", "WSM", "NAM"], method="unsd")
    for row in rows.to_dict("records"):
        span = int(row["target_year"] - row["base_year"])
        asked = row["target"] - row["base_value"]
        if asked * row["direction"] <= 0:
            assert pd.isna(row["precedents"])
            continue
        fan = progress.fan(
            row["kpi"],
            row["ref_area"],
            row["base_year"],
            row["base_value"],
            row["target_year"],
            store=wh.tables,
        )
        limit = row["limit_high"] if row["direction"] > 0 else row["limit_low"]
        made, of = fan.at_least(asked, span, row["direction"], limit)
        assert (row["precedents_made"], row["precedents"]) == (made, of), (row["kpi"], row["ref_area"])
    assert rows["precedents"].gt(10).any()


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
    rooms = {"egdi", "stages", "peers", "association", "changes", "composite", "progress", "plan",
             "forecast", "exercise"}  # fmt: skip
    assert rooms == set(table["room"])
    assert (table[["name", "formula", "source", "tolerance"]] != "").all().all()
    assert set(table["status"]) <= {"verified", "read", "working", "unconfirmed"}
    assert not table.duplicated(["room", "name"]).any()
