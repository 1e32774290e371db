"""A plan that is followed: its baseline stays, its reviews are dated, its owner's targets are carried."""

from __future__ import annotations

from datetime import date

import pytest

from kpis import plan
from kpis.plan.document import MOST_REVIEWS, Milestone, OwnTarget, Plan, Target
from kpis.queries import Warehouse

BASE = 0.8514
WAY = Target(dimension="overall", kpi="EGDI", base_year=2022, base_value=BASE, target=0.95)
KEPT = Plan(
    area="URY",
    kind="egdi",
    value=0.95,
    by=2030,
    made=2023,
    data_version="before",
    targets=(WAY,),
    milestones=tuple(
        Milestone(dimension="overall", kpi="EGDI", time_period=y, value=v)
        for y, v in ((2024, 0.876), (2030, 0.95))
    ),
    own_targets=(
        OwnTarget(kpi="EGDI", value=0.89, year=2024),
        OwnTarget(kpi="OSI", value=0.999, year=2024),
        OwnTarget(kpi="PRICE_MOBILE_BB", value=0.001, year=2030),
    ),
)


def test_a_review_sets_planned_beside_actual_and_is_dated(wh: Warehouse) -> None:
    once = plan.reviewed(KEPT, date(2026, 11, 28), wh.tables)
    [review] = once.reviews
    held = wh.values("EGDI", areas="URY", years=2024)["obs_value"].item()
    first = review.rows[0]
    assert (first.kpi, first.time_period, first.planned, first.actual) == ("EGDI", 2024, 0.876, held)
    assert first.status == ("reached" if held >= 0.876 else "behind")
    assert [(row.kpi, row.status) for row in review.rows if row.own] == [
        ("EGDI", "reached"),
        ("OSI", "behind"),
        ("PRICE_MOBILE_BB", "not_due"),
    ]
    assert review.data_version == wh.version
    assert plan.is_due(KEPT, wh.version)
    assert not plan.is_due(once, wh.version)
    again = plan.reviewed(once, date(2026, 11, 28), wh.tables)
    assert len(again.reviews) == 1
    many = KEPT
    for year in range(2027, 2029 + MOST_REVIEWS):
        many = many.model_copy(
            update={"reviews": (*many.reviews, review.model_copy(update={"day": f"{year}-01-01"}))}
        )
    last = plan.reviewed(
        many.model_copy(update={"reviews": many.reviews[-MOST_REVIEWS:]}), date(2060, 1, 1), wh.tables
    )
    assert [len(last.reviews), last.reviews[-1].day] == [MOST_REVIEWS, "2060-01-01"]


def test_the_baseline_stays_while_the_goal_does(wh: Warehouse) -> None:
    now = KEPT.model_copy(
        update={
            "targets": (WAY.model_copy(update={"base_value": 0.9}),),
            "owners": {"plan": "AGESIC"},
            "made": 2026,
        }
    )
    followed = plan.continued(KEPT, now)
    assert (followed.targets, followed.made, followed.owners) == (KEPT.targets, 2023, {"plan": "AGESIC"})
    reviewed = plan.reviewed(KEPT, date(2026, 11, 28), wh.tables)
    other = plan.continued(reviewed, now.model_copy(update={"by": 2035}))
    assert (other.made, other.by, other.reviews) == (2026, 2035, reviewed.reviews)


def test_own_targets_and_reviews_are_saved_and_a_link_carries_the_targets(wh: Warehouse) -> None:
    mine = plan.reviewed(KEPT, date(2026, 11, 28), wh.tables)
    assert plan.load(plan.save(mine), wh.tables).plan == mine
    linked = plan.load_link(plan.link(mine), wh.tables).plan
    assert (linked.own_targets, linked.reviews) == (mine.own_targets, ())
    broken = plan.save(mine).replace('"value": 0.89', '"value": "NaN"')
    loaded = plan.load(broken, wh.tables)
    assert len(loaded.plan.own_targets) == 2
    assert loaded.problems == (("row", {"name": "own_targets", "n": 1}),)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("## Own targets", "## Review of 2026-11-28", "missed (own target)")),
        ("es", ("## Metas propias", "## Revisión del 2026-11-28", "no alcanzado (meta propia)")),
    ],
)
def test_the_written_plan_has_them_in_both_languages(
    wh: Warehouse, lang: str, words: tuple[str, ...]
) -> None:
    mine = plan.reviewed(KEPT, date(2026, 11, 28), wh.tables)
    text = plan.markdown(mine, lang, wh.tables)
    assert all(word in text for word in words)
    rows = plan.rows(mine, lang, wh.tables)
    assert rows["kind"].tolist().count("own_target") == 3
