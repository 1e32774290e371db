"""What participants say together, and which differences come first."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.workspace.exercises.differences import differences, together
from kpis.workspace.exercises.profile import assess
from kpis.workspace.exercises.questionnaire import MISSING
from tests.kpis.workspace.exercises.examples import LEVELS, small
from tests.kpis.workspace.exercises.test_profile import stages

Q = small()
CODES = tuple(Q.statements)
answer = st.fixed_dictionaries({code: st.sampled_from(Q.answers) for code in CODES})
groups = st.lists(answer, min_size=1, max_size=5)


def test_together_is_the_lower_median_and_missing_is_left_out() -> None:
    levels = [LEVELS[n] for n in (0, 3, 1, 2)]
    said = together(Q, [*({"a": level, "b": MISSING[0]} for level in levels), {"a": MISSING[1]}])
    assert said == {"a": LEVELS[1]}


def test_a_difference_that_decides_a_stage_comes_before_a_wider_one_that_does_not() -> None:
    one = dict.fromkeys(CODES, LEVELS[1]) | {"b": LEVELS[2], "x": LEVELS[3]}
    other = one | {"a": LEVELS[2], "x": LEVELS[1]}
    found = differences(Q, [one, other])
    assert [(row.statement, row.spread, row.decides) for row in found[:3]] == [
        ("a", 1, True),
        ("x", 2, False),
        ("b", 0, False),
    ]
    assert (found[0].counts, found[0].n, found[0].n_missing) == ((0, 1, 1, 0), 2, 0)


def test_who_left_a_statement_out_or_did_not_know_is_counted_apart() -> None:
    found = {row.statement: row for row in differences(Q, [{"a": LEVELS[2], "b": MISSING[1]}, {}])}
    assert (found["a"].n, found["a"].n_missing) == (1, 0)
    assert (found["b"].n, found["b"].n_missing, found["b"].together) == (0, 1, None)
    assert found["b"].lowest is None
    assert found["b"].spread == 0


@settings(max_examples=50)
@given(groups, st.randoms(use_true_random=False))
def test_the_order_of_participants_changes_nothing(found: list[dict[str, str]], chance: object) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert differences(Q, found) == differences(Q, shuffled)
    assert together(Q, found) == together(Q, shuffled)


@settings(max_examples=50)
@given(groups, st.sampled_from(CODES), st.data())
def test_raising_one_participants_answer_never_lowers_the_profile(
    found: list[dict[str, str]], code: str, data: st.DataObject
) -> None:
    n = data.draw(st.integers(0, len(found) - 1))
    if found[n][code] not in LEVELS[:-1]:
        return
    higher = LEVELS[LEVELS.index(found[n][code]) + 1]
    raised = [*found[:n], found[n] | {code: higher}, *found[n + 1 :]]
    before, after = assess(Q, together(Q, found)), assess(Q, together(Q, raised))
    for one, other in zip(stages(before), stages(after), strict=True):
        assert one is None or (other is not None and one <= other)


@given(answer)
def test_one_person_alone_agrees_with_themselves(found: dict[str, str]) -> None:
    rows = differences(Q, [found])
    assert len(rows) == len(CODES)
    assert all(row.spread == 0 and not row.decides for row in rows)
    assert together(Q, [found]) == {code: level for code, level in found.items() if level in LEVELS}
