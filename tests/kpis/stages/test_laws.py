"""Laws of the stage rules, whatever the values."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.stages import certainty, doubt, rules
from tests.kpis.stages.examples import plain_distance, plain_levels, plain_stage, plain_unlock

BAR_SETS = [(0.0, 0.25, 0.5, 0.75), (0.0, 1.0, 1.0, 1.0), (0.0, 0.2, 0.2, 0.9), (0.1, 0.3, 0.6, 0.6)]
value = st.one_of(st.none(), st.sampled_from([0.0, 0.2, 0.25, 0.5, 0.6, 0.75, 0.9, 1.0]), st.floats(0, 1.2))


@st.composite
def dimensions(draw: st.DrawFn) -> tuple[list[float], np.ndarray]:
    """Two to six values, some missing, and a scale (base and three bars) for each."""
    values = draw(st.lists(value, min_size=2, max_size=6))
    scales = [draw(st.sampled_from(BAR_SETS)) for _ in values]
    return [np.nan if v is None else v for v in values], np.array(scales)


def stages_of(values: list[float], scales: np.ndarray) -> tuple[int, int, int]:
    x = np.array(values)[None, None, :]
    level = rules.levels(x, scales[:, 1:])
    mean = rules.mean_position(rules.positions(x, scales[:, 0], scales[:, 1:]))
    found = rules.stage_two_thirds(level), rules.stage_all(level), rules.stage_mean(mean)
    return tuple(int(s[0, 0]) for s in found)  # type: ignore[return-value]


@given(dimensions())
def test_the_strict_gate_is_never_above_the_other_readings(case: tuple[list[float], np.ndarray]) -> None:
    two_thirds, strict, mean = stages_of(*case)
    assert strict <= two_thirds
    assert strict <= mean


@given(dimensions(), st.integers(0, 3), st.floats(0, 1))
def test_raising_a_value_never_lowers_a_stage(
    case: tuple[list[float], np.ndarray], which: int, rise: float
) -> None:
    values, scales = case
    raised = list(values)
    raised[which % len(values)] += rise
    for before, after in zip(stages_of(values, scales), stages_of(raised, scales), strict=True):
        assert after >= before


@given(dimensions())
def test_all_readings_agree_when_every_kpi_is_on_the_same_bar(case: tuple[list[float], np.ndarray]) -> None:
    _, scales = case
    on_bar = [scale[2] for scale in scales]
    two_thirds, strict, _ = stages_of(on_bar, scales)
    if len(on_bar) < 3:
        assert two_thirds == strict == -1
        return
    assert two_thirds >= 2
    assert strict >= 2


@given(dimensions())
def test_the_order_of_kpis_does_not_matter(case: tuple[list[float], np.ndarray]) -> None:
    values, scales = case
    assert stages_of(values, scales) == stages_of(values[::-1], scales[::-1])


@given(dimensions())
def test_a_kpi_without_data_changes_nothing(case: tuple[list[float], np.ndarray]) -> None:
    values, scales = case
    assert stages_of(values, scales) == stages_of([*values, np.nan], np.vstack([scales, scales[:1]]))


@given(dimensions())
def test_against_the_rules_in_plain_python(case: tuple[list[float], np.ndarray]) -> None:
    values, scales = case
    names = [f"K{n}" for n in range(len(values))]
    gates = pd.DataFrame(scales, columns=["base", "enhanced", "transactional", "connected"]).assign(kpi=names)
    held = {name: v for name, v in zip(names, values, strict=True) if not np.isnan(v)}
    levels = plain_levels(held, gates)
    expected = plain_stage(levels)
    x = np.array(values)[None, None, :]
    level = rules.levels(x, scales[:, 1:])
    stage = rules.stage_two_thirds(level)
    assert stage[0, 0] == (-1 if expected is None else expected)
    if expected is None or expected == 3:
        return
    distance = rules.distances(x, scales[:, 0], scales[:, 1:], rules.next_stage(stage))
    blocks = rules.blocking(level, stage)[0, 0]
    gate = {g["kpi"]: g for g in gates.to_dict("records")}
    far = {k: plain_distance(held[k], gate[k], expected + 1) for k, v in levels.items() if v <= expected}
    assert [names[n] for n in np.flatnonzero(blocks)] == list(far)
    assert distance[0, 0][blocks].tolist() == pytest.approx(list(far.values()), rel=1e-9, abs=1e-12)
    unlock = rules.unlock(level, stage, distance)[0, 0]
    size, effort = plain_unlock(levels, far)
    assert unlock.sum() == size
    assert distance[0, 0][unlock].sum() == pytest.approx(effort, rel=1e-9, abs=1e-12)


@given(dimensions())
def test_chances_of_the_stages_add_up_to_one(case: tuple[list[float], np.ndarray]) -> None:
    values, scales = case
    x = np.array(values)[None, None, :]
    n = len(values)
    passing = certainty.pass_under_moved_bars(x, scales[:, 1:], np.full(n, 1.2), np.ones(n, dtype=bool))
    chances = certainty.stage_chances(passing)[0, 0]
    if np.isnan(x).sum() > n - 3:
        assert np.isnan(chances).all()
    else:
        assert chances.sum() == pytest.approx(1, abs=1e-12)
        assert (chances >= 0).all()


@given(st.lists(st.sampled_from([-1, 0, 1, 2, 3]), min_size=1, max_size=7))
def test_overall_never_more_than_one_above_the_weakest(levels: list[int]) -> None:
    stage, median, holds = rules.overall(np.array(levels)[None, None, :])
    known = [level for level in levels if level >= 0]
    if len(known) < 2:
        assert stage[0, 0] == -1
        return
    assert min(known) <= stage[0, 0] <= min(min(known) + 1, median[0, 0])
    assert {levels[n] for n in np.flatnonzero(holds[0, 0])} <= {min(known)}


@given(st.lists(st.sampled_from([-1, 0, 1, 2, 3]), min_size=2, max_size=7))
def test_a_dimension_decides_if_one_stage_more_or_less_in_it_alone_moves_the_whole(levels: list[int]) -> None:
    def whole(stages: list[int]) -> int:
        return int(rules.overall(np.array(stages))[0])

    found = doubt.decides(np.array(levels))
    for place, level in enumerate(levels):
        others = [min(max(level + step, 0), 3) for step in (-1, 1)]
        moved = [whole([*levels[:place], other, *levels[place + 1 :]]) for other in others]
        expected = level >= 0 and whole(levels) >= 0 and any(one != whole(levels) for one in moved)
        assert found[place] == expected


@given(st.floats(0, 1))
def test_below_two_in_three_is_in_doubt_and_missing_never_is(chance: float) -> None:
    assert doubt.in_doubt(np.array(chance)) == (chance < 2 / 3 - 1e-12)
    assert not doubt.in_doubt(np.array(2 / 3))
    assert not doubt.in_doubt(np.array(np.nan))
