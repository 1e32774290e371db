"""The staged profile of an institution: by hand, and its laws whatever the answers."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.stages.rules import TOP
from kpis.workspace.exercises.profile import REASONS, Result, assess, first_steps
from kpis.workspace.exercises.questionnaire import MISSING
from tests.kpis.workspace.exercises.examples import LEVELS, small

Q = small()
CODES = tuple(Q.statements)


def answered(levels: str) -> dict[str, str]:
    """Levels of a, b, c, x, y, z by number, "-" for not known."""
    return {
        code: MISSING[1] if sign == "-" else LEVELS[int(sign)]
        for code, sign in zip(CODES, levels, strict=True)
    }


def stages(result: Result) -> list[int | None]:
    """The whole, then each dimension."""
    return [result.stage, *(part.stage for part in result.dimensions)]


answers = st.fixed_dictionaries({code: st.sampled_from(Q.answers) for code in CODES})


def test_two_of_three_statements_reach_a_stage_and_the_whole_is_capped() -> None:
    result = assess(Q, answered("330110"))
    services, water = result.dimensions
    assert (services.stage, services.stage_all, services.mean, services.stage_mean) == (3, 0, 2.0, 2)
    assert (water.stage, water.blocking, water.unlock) == (1, ("x", "y", "z"), ("x", "y"))
    assert (result.stage, result.median, result.capped, result.bottleneck) == (2, 2.0, False, ("water",))
    assert assess(Q, answered("333000")).stage == 1  # the median is 1.5


def test_missing_counts_neither_for_nor_against() -> None:
    assert assess(Q, answered("22-111")).dimensions[0].stage is None  # two are too few
    assert assess(Q, {}).stage is None
    assert first_steps(Q, assess(Q, {})) == ()


def test_the_first_steps_are_the_fewest_of_the_weakest_dimension_with_their_reasons() -> None:
    steps = first_steps(Q, assess(Q, answered("110030")))
    assert [(step.statement, step.now, step.to, step.reasons) for step in steps] == [
        ("x", 0, 1, ("holds_back", "alone", "lowest")),
        ("a", 1, 2, ()),
        ("b", 1, 2, ()),
    ]
    assert first_steps(Q, assess(Q, answered("111111")))[0].reasons == ("weakest", "lowest")


@given(answers, st.sampled_from(CODES))
def test_raising_an_answer_never_lowers_a_stage(given_answers: dict[str, str], code: str) -> None:
    if given_answers[code] not in LEVELS:
        return
    before = assess(Q, given_answers)
    higher = LEVELS[min(LEVELS.index(given_answers[code]) + 1, TOP)]
    after = assess(Q, given_answers | {code: higher})
    for one, other in zip(stages(before), stages(after), strict=True):
        assert (one is None) == (other is None)
        assert one is None or (other is not None and one <= other)


@given(answers)
def test_reaching_what_unlocks_a_dimension_lifts_it_by_one_stage_and_less_does_not(
    found: dict[str, str],
) -> None:
    result = assess(Q, found)
    for part in result.dimensions:
        assert bool(part.unlock) == (part.stage is not None and part.stage < TOP)
        if not part.unlock or part.stage is None:
            continue
        lifted = {code: LEVELS[part.stage + 1] for code in part.unlock}
        assert assess(Q, found | lifted).of(part.code).stage == part.stage + 1
        lifted.popitem()
        assert assess(Q, found | lifted).of(part.code).stage == part.stage


@settings(max_examples=50)
@given(answers)
def test_first_steps_are_at_most_three_block_a_stage_and_say_why(found: dict[str, str]) -> None:
    result = assess(Q, found)
    steps = first_steps(Q, result)
    assert len(steps) <= 3
    for step in steps:
        assert step.statement in result.of(step.dimension).blocking
        assert step.now < step.to <= TOP
        assert set(step.reasons) <= set(REASONS)
