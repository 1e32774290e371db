"""Which targets of a plan move EGDI, and that a forecast takes no others."""

from __future__ import annotations

import pytest

from kpis import plan
from kpis.plan.document import Plan, Target
from kpis.plan.prospects import moves, still
from kpis.queries import Warehouse


def plan_of(*targets: tuple[str, float, float], area: str = "COL", kind: str = "stage") -> Plan:
    """A plan with a target for each (KPI, baseline, target)."""
    rows = tuple(
        Target(dimension="services", kpi=kpi, base_year=2024, base_value=base, target=target)
        for kpi, base, target in targets
    )
    return Plan(area=area, kind=kind, value=3, by=2030, made=2026, targets=rows)


def test_a_component_moves_itself(wh):
    assert moves(plan_of(("OSI_SP", 0.6747, 0.9)), wh.tables) == {"OSI_SP": 0.9}


def test_the_same_figure_of_another_release_moves_the_component_by_as_much(wh):
    changes = moves(plan_of(("EPI", 0.7397, 0.75), ("SDG_17.8.1", 79.3, 80.3)), wh.tables)
    assert changes["OSI_EPI"] == pytest.approx(0.75)
    assert changes["TII_INTERNET_USERS"] == pytest.approx(73.8)


def test_but_not_beyond_its_limit(wh):
    assert moves(plan_of(("SDG_17.8.1", 60, 99)), wh.tables) == {"TII_INTERNET_USERS": 100}


def test_a_sub_index_with_its_own_target_holds_its_components(wh):
    assert moves(plan_of(("OSI", 0.7521, 0.9), ("EPI", 0.7397, 0.8)), wh.tables) == {"OSI": 0.9}


def test_the_furthest_of_two_targets_counts(wh):
    assert moves(plan_of(("OSI_SP", 0.67, 0.9), ("OSI_SP", 0.67, 0.8)), wh.tables) == {"OSI_SP": 0.9}


def test_a_target_that_was_passed_meanwhile_moves_nothing(wh):
    assert moves(plan_of(("OSI_SP", 0.5, 0.6), ("OSI", 0.5, 0.7)), wh.tables) == {}


def test_where_less_is_better_a_lower_value_is_the_better_one(wh):
    assert moves(plan_of(("TII_AFF_FIXED_BASKET", 3.8, 2)), wh.tables) == {"TII_AFF_FIXED_BASKET": 2}
    assert moves(plan_of(("TII_AFF_FIXED_BASKET", 5, 4.5)), wh.tables) == {}


def test_what_is_no_part_of_egdi_is_named_and_moves_nothing(wh):
    mixed = plan_of(("GTMI_GTEI", 0.5, 0.9), ("EGDI", 0.78, 0.85), ("OSI_SP", 0.67, 0.9))
    assert still(mixed, wh.tables) == ("GTMI_GTEI",)
    assert moves(mixed, wh.tables) == {"OSI_SP": 0.9}


@pytest.mark.parametrize("goal", [{"stage": "connected"}, {"egdi": 0.85}, {"rank": 50}])
def test_a_saved_plan_of_any_goal_has_prospects(wh: Warehouse, goal):
    made = plan.make(plan.outlook("COL", by=2030, store=wh.tables, **goal), store=wh.tables)
    loaded = plan.load(plan.save(made), wh.tables).plan
    forecast = plan.prospects(loaded, wh.tables).forecast
    assert forecast.changes == moves(made, wh.tables)
    assert (forecast.aim is None) == ("stage" in goal)
    assert forecast.first is not None
    assert forecast.first.year == 2028


def test_a_plan_that_moves_no_part_of_egdi_is_nothing_new(wh):
    result = plan.prospects(plan_of(("GTMI_GTEI", 0.5, 0.9)), wh.tables)
    assert result.still == ("GTMI_GTEI",)
    assert result.forecast.first is None
    assert [edition.on_top == edition.nothing_new for edition in result.forecast.editions] == [True] * 3


def test_in_the_plans_own_year_it_comes_too_late_for_the_edition_of_that_year(wh):
    result = plan.prospects(plan_of(("OSI_SP", 0.67, 0.9)), wh.tables, done=2030)
    assert [edition.reaches for edition in result.forecast.editions] == [False] * 3


def test_a_written_plan_says_where_it_leads_in_both_languages(wh):
    written = plan_of(("OSI_SP", 0.6747, 0.95), kind="rank").model_copy(update={"value": 50.0})
    english, spanish = (plan.markdown(written, lang, wh.tables) for lang in ("en", "es"))
    assert "If nothing new happens: rank 61 in 2028" in english
    assert "With this plan, if done by 2027: rank 49–55, within a band from 28 to 74." in english
    assert "Chance of the goal in 2028: 28 in 100; with the plan 40–53 in 100." in english
    assert "Con este plan, si se cumple en 2027: puesto 49–55" in spanish


def test_a_written_plan_that_moves_nothing_says_so(wh):
    text = plan.markdown(plan_of(("GTMI_GTEI", 0.5, 0.9)), "en", wh.tables)
    assert "The plan changes no part of EGDI" in text


def test_levers_of_a_plan_take_the_place_of_its_targets_for_the_worse_too(wh):
    found = plan.outlook("COL", stage="connected", by=2030, store=wh.tables)
    with_levers = plan.make(found, levers={"OSI_SP": 0.5, "TII_INTERNET_USERS": 90}, store=wh.tables)
    assert with_levers.targets
    assert moves(with_levers, wh.tables) == {"OSI_SP": 0.5, "TII_INTERNET_USERS": 90}
    beyond = with_levers.levers[0].model_copy(update={"target": 7.0})  # of a file that somebody changed
    changed = with_levers.model_copy(update={"levers": (beyond,)})
    assert moves(changed, wh.tables) == {"OSI_SP": 1.0}
