"""An exercise in words, and the rows of its ladder."""

from __future__ import annotations

from dataclasses import replace

from dashboard.charts import exercise_words, stage_ladder
from dashboard.charts.context import Context
from dashboard.charts.stage_ladder import Aside
from kpis.workspace.exercises.profile import assess, first_steps
from tests.kpis.workspace.exercises.examples import small

Q = small()
LABELS = {"services": "Services", "water": "Water"}
UNEVEN = dict.fromkeys("abc", "connected") | dict.fromkeys("xyz", "emerging")


def test_the_sentence_names_what_holds_back(ctx: Context) -> None:
    say = exercise_words.headline
    assert say("DNP", assess(Q, UNEVEN), LABELS, ctx) == "DNP: enhanced stage. Furthest behind: water."
    even = dict.fromkeys("abcxyz", "enhanced")
    assert say("DNP", assess(Q, even), LABELS, ctx) == (
        "DNP: enhanced stage, the same in all 2 dimensions assessed."
    )
    assert "not assessed" in say("DNP", assess(Q, {}), LABELS, ctx)


def test_reasons_are_said_after_the_dimension() -> None:
    step = first_steps(Q, assess(Q, UNEVEN))[0]
    assert exercise_words.why(step, LABELS, str) == (
        "Water: holds back the whole profile, its lowest statement"
    )
    assert exercise_words.why(replace(step, reasons=()), LABELS, str) == "Water"


def test_the_ladder_shows_what_is_beside_in_words_also_without_a_stage_of_its_own(ctx: Context) -> None:
    rows = exercise_words.rows(assess(Q, dict.fromkeys("abc", "enhanced")))
    assert list(rows["stage"].isna()) == [False, True]
    chart = stage_ladder.figure(rows, LABELS, ctx, aside=Aside("Colombia", ("4 connected", "–")))
    assert list(chart.data[1]["text"]) == ["4 connected", "–"]
    assert "Colombia" in [note["text"] for note in chart.layout["annotations"]]
