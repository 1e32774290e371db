"""Scores, gaps, gates, states and dates: the rules of the cycle on plain data."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given, strategies
from hypothesis.strategies import SearchStrategy

from kpis.workspace.knowledge import rules
from kpis.workspace.knowledge.rubric import load_rubric
from kpis.workspace.knowledge.rules import Assessment, Freshness, Outcome, State

RUBRIC = load_rubric()
POINTS: SearchStrategy[dict[str, int]] = strategies.fixed_dictionaries(
    {name: strategies.integers(0, 3) for name in RUBRIC.ids}
)
ASSESSMENTS = strategies.builds(Assessment, strategies.uuids().map(str), strategies.booleans(), POINTS)


def of(score: int, name: str = "r") -> Assessment:
    """An assessment of a score that is a multiple of 5."""
    wanted = score * 3
    chosen = dict.fromkeys(RUBRIC.ids, 0)
    for criterion in RUBRIC.criteria:
        while chosen[criterion.id] < 3 and wanted >= criterion.weight:
            chosen[criterion.id] += 1
            wanted -= criterion.weight
    assert wanted == 0
    return Assessment(name, True, chosen)


def decide(*given: Assessment, has_source: bool = True) -> rules.Decision:
    return rules.decide(given, has_source=has_source, rubric=RUBRIC)


@given(POINTS)
def test_a_score_lies_between_0_and_100(points: dict[str, int]) -> None:
    assert 0 <= rules.score(points, RUBRIC) <= 100


@given(POINTS, strategies.sampled_from(RUBRIC.ids))
def test_a_point_more_raises_the_score_by_a_third_of_its_weight(points: dict[str, int], name: str) -> None:
    weight = next(each.weight for each in RUBRIC.criteria if each.id == name)
    low, high = {**points, name: 1}, {**points, name: 2}
    assert rules.score(high, RUBRIC) - rules.score(low, RUBRIC) == Fraction(weight, 3)


def test_the_ends_of_the_scale_and_a_score_by_hand() -> None:
    assert rules.score(dict.fromkeys(RUBRIC.ids, 0), RUBRIC) == 0
    assert rules.score(dict.fromkeys(RUBRIC.ids, 3), RUBRIC) == 100
    # 15·2 + 20·1 + 15·3 + 15·2 + 15·0 + 15·1 + 5·3 = 155, a third of it
    points = dict(zip(RUBRIC.ids, (2, 1, 3, 2, 0, 1, 3), strict=True))
    assert rules.score(points, RUBRIC) == Fraction(155, 3)


@pytest.mark.parametrize(
    ("scores", "outcome", "mean"),
    [
        ((), Outcome.WAITING, None),
        ((50,), Outcome.WAITING, None),
        ((35, 40), Outcome.BELOW, Fraction(75, 2)),
        ((40, 40), Outcome.PUBLISH, Fraction(40)),
        ((40, 55), Outcome.PUBLISH, Fraction(95, 2)),  # a gap of 15 is no wider than 15
        ((40, 60), Outcome.THIRD, None),
        ((40, 60, 55), Outcome.PUBLISH, Fraction(115, 2)),  # the two nearest
        ((20, 60, 25), Outcome.BELOW, Fraction(45, 2)),
        ((40, 60, 50), Outcome.PUBLISH, Fraction(50)),  # the middle one as far from both: all three
        ((40, 45, 100), Outcome.PUBLISH, Fraction(85, 2)),  # a third that nobody needed does not count
    ],
)
def test_which_assessments_count(scores: tuple[int, ...], outcome: Outcome, mean: Fraction | None) -> None:
    decision = decide(*(of(score, str(n)) for n, score in enumerate(scores)))
    assert (decision.outcome, decision.score) == (outcome, mean)


def test_a_gap_of_two_thirds_of_a_point_above_15_asks_for_a_third() -> None:
    """46 and two thirds against 31 and two thirds is 15: thirds must not be rounded."""
    low = Assessment("a", True, dict(zip(RUBRIC.ids, (2, 1, 1, 1, 0, 0, 3), strict=True)))
    high = Assessment("b", True, dict(zip(RUBRIC.ids, (3, 1, 2, 2, 0, 0, 3), strict=True)))
    assert rules.score(high.points, RUBRIC) - rules.score(low.points, RUBRIC) == 15
    assert decide(low, high).outcome is Outcome.PUBLISH or decide(low, high).outcome is Outcome.BELOW
    higher = Assessment("b", True, {**high.points, "effectiveness": 2, "evidence": 0})
    assert rules.score(higher.points, RUBRIC) - rules.score(low.points, RUBRIC) == Fraction(50, 3)
    assert decide(low, higher).outcome is Outcome.THIRD


def test_gates_come_first() -> None:
    assert decide(of(100, "a"), of(100, "b"), has_source=False).outcome is Outcome.NO_SOURCE
    no = Assessment("n", False, {})
    assert decide(no, Assessment("m", False, {})).outcome is Outcome.NOT_IMPLEMENTED
    assert decide(no, of(100)).outcome is Outcome.THIRD
    assert decide(no, of(100, "a"), of(90, "b")).score == 95
    assert decide(no, of(100), Assessment("m", False, {})).outcome is Outcome.NOT_IMPLEMENTED


def test_a_recommendation_asks_for_transferability_and_inclusion() -> None:
    whole = dict.fromkeys(RUBRIC.ids, 3)
    both = [Assessment("a", True, whole), Assessment("b", True, whole)]
    assert decide(*both).outcome is Outcome.RECOMMEND
    for name in RUBRIC.must_reach:
        weak = [Assessment(each.reviewer, True, {**whole, name: 1}) for each in both]
        assert decide(*weak).outcome is Outcome.PUBLISH
        once = [Assessment("a", True, {**whole, name: 1}), Assessment("b", True, whole)]
        assert decide(*once).outcome is Outcome.RECOMMEND  # a mean of 2 is at least 2


@given(strategies.lists(ASSESSMENTS, max_size=4), strategies.booleans())
def test_every_decision_follows_from_gates_and_bars(given: list[Assessment], has_source: bool) -> None:
    decision = rules.decide(given, has_source=has_source, rubric=RUBRIC)
    if decision.outcome in rules.MAY_BE_PUBLISHED:
        assert has_source
        assert decision.score is not None
        assert decision.score >= RUBRIC.publish_from
        assert len(decision.counted) >= 2
        implemented = {each.reviewer for each in given if each.implemented}
        assert implemented >= set(decision.counted)
    if decision.outcome in (Outcome.NO_SOURCE, Outcome.NOT_IMPLEMENTED, Outcome.WAITING, Outcome.THIRD):
        assert decision.score is None


@given(strategies.lists(ASSESSMENTS, min_size=2, max_size=2))
def test_two_count_whoever_comes_first(given: list[Assessment]) -> None:
    one, other = decide(*given), decide(*reversed(given))
    assert (one.outcome, one.score) == (other.outcome, other.score)


@given(strategies.lists(strategies.sampled_from(sorted(rules.STEPS)), max_size=12))
def test_the_only_way_to_published_leads_through_classified(actions: list[str]) -> None:
    state = State.PROPOSED
    for action in actions:
        before, after = state, rules.next_state(action, state)
        if after is State.PUBLISHED and before is not State.PUBLISHED:
            assert (action, before) == ("publish", State.CLASSIFIED)
        state = after or state
    if state is State.CLASSIFIED:
        assert "classify" in actions


def test_a_captured_case_is_assessed_when_its_assessments_settle_it() -> None:
    assert rules.standing("captured", Outcome.WAITING) is State.CAPTURED
    assert rules.standing("captured", Outcome.BELOW) is State.ASSESSED
    assert rules.standing("published", Outcome.BELOW) is State.PUBLISHED
    assert rules.kept_state(State.ASSESSED) is State.CAPTURED


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (dt.date(2024, 2, 29), Freshness.CONFIRMED),
        (dt.date(2025, 2, 28), Freshness.CONFIRMED),
        (dt.date(2025, 3, 1), Freshness.DUE),
        (dt.date(2027, 2, 28), Freshness.DUE),
        (dt.date(2027, 3, 1), Freshness.UNKNOWN),
    ],
)
def test_a_review_is_due_after_a_year_and_the_status_unknown_after_three(
    today: dt.date, expected: Freshness
) -> None:
    assert rules.freshness(dt.date(2024, 2, 29), today) is expected
