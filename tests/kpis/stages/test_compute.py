"""The rules of METHODOLOGY B.3 on a table small enough to check by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from kpis import stages
from kpis.errors import DataError, RequestError
from tests.kpis.stages.examples import GATES, VALUES

EXACT = 1e-12


def row(area: str, year: int = 2024, values: pd.DataFrame = VALUES, gates: pd.DataFrame = GATES) -> pd.Series:
    table = stages.compute(values, gates, years=[year]).table()
    return table[table["ref_area"] == area].iloc[0]


def test_three_readings_by_hand() -> None:
    colombia = row("COL")
    assert colombia["stage"] == 2  # A and B of three reach 0.5: two thirds
    assert colombia["stage_all"] == 1  # C is only past 0.25
    assert colombia["mean_position"] == pytest.approx((2.4 + 3.0 + 1.2) / 3, abs=EXACT)
    assert colombia["stage_mean"] == 2  # 2.2 cut at the whole stage


def test_what_blocks_how_far_and_the_cheapest_way() -> None:
    colombia = row("COL")
    assert colombia["next_stage"] == 3
    assert colombia["blocking"] == ["A", "C"]
    assert colombia["distance_mean"] == pytest.approx((0.6 + 1.8) / 2, abs=EXACT)
    assert colombia["distance_max"] == pytest.approx(1.8, abs=EXACT)  # two bars away: more than one step
    assert colombia["unlock"] == ["A"]  # B passes already, one more makes two of three
    assert colombia["unlock_effort"] == pytest.approx(0.6, abs=EXACT)
    assert colombia["blocking_all"] == ["C"]


def test_one_kpi_is_insufficient_data_not_a_low_stage() -> None:
    jamaica = row("JAM")
    for column in ("stage", "stage_all", "stage_mean", "mean_position", "confidence", "probability"):
        assert pd.isna(jamaica[column]), column
    assert jamaica["n_with_data"] == 1
    assert jamaica["without_data"] == ["B", "C"]
    assert jamaica["blocking"] == []


def test_with_two_kpis_both_must_pass() -> None:
    namibia = row("NAM")
    assert namibia["stage"] == 0
    assert namibia["unlock"] == ["A", "B"]
    assert namibia["unlock_effort"] == pytest.approx(2 * 0.6, abs=EXACT)


def test_at_the_top_nothing_blocks() -> None:
    top = row("COL", values=VALUES.assign(obs_value=0.75))
    assert top["stage"] == 3
    assert pd.isna(top["next_stage"])
    assert top["blocking"] == []
    assert pd.isna(top["distance_mean"])


def test_a_value_on_the_bar_passes() -> None:
    exactly = VALUES.assign(obs_value=0.50)
    assert row("COL", values=exactly)["stage_all"] == 2


def test_values_expire() -> None:
    assert row("COL", 2025)["n_with_data"] == 3  # C is of 2020: five years old
    assert row("COL", 2026)["n_with_data"] == 2
    assert row("COL", 2026)["stage"] == 2
    assert pd.isna(row("COL", 2029)["stage"])  # only A is left
    longer = GATES.assign(window=[5, 5, 8])
    assert row("COL", 2028, gates=longer)["n_with_data"] == 3


def test_a_year_sees_nothing_of_later_years() -> None:
    assert row("COL", 2023)["n_with_data"] == 2
    assert row("COL", 2019)["n_with_data"] == 0


def test_confidence_by_age_and_coverage() -> None:
    assert row("COL")["confidence"] == "medium"  # all three, but C is four years old
    assert row("COL", 2023)["confidence"] == "medium"  # one of three missing
    fresh = VALUES.assign(time_period=2023)
    assert row("COL", values=fresh)["confidence"] == "high"
    four = pd.concat([GATES, GATES.tail(1).assign(kpi="D")], ignore_index=True)
    assert row("NAM", gates=four)["confidence"] == "low"  # two of four missing


def test_values_marked_as_not_comparable_are_not_read() -> None:
    marked = VALUES.assign(obs_status=["U", "A", "A", "A", "A", "A"])
    assert row("COL", values=marked)["n_with_data"] == 2


def test_equal_bars_are_taken_in_one_step() -> None:
    gates = GATES.copy()
    gates.loc[2, ["enhanced", "transactional", "connected"]] = 1.0  # a yes/no guarantee
    yes = VALUES.assign(obs_value=[0.6, 0.6, 1.0, 0.9, 0.1, 0.1])
    assert row("COL", values=yes, gates=gates)["mean_position"] == pytest.approx(
        (2.4 + 2.4 + 3) / 3, abs=EXACT
    )
    no = VALUES.assign(obs_value=[0.6, 0.4, 0.0, 0.9, 0.1, 0.1])
    colombia = row("COL", values=no, gates=gates)
    assert colombia["stage"] == 1
    assert colombia["blocking"] == ["B", "C"]
    assert colombia["distance_max"] == pytest.approx(1.0, abs=EXACT)  # measured from 0, not from an equal bar


def overall(levels: dict[str, float]) -> pd.Series:
    """The overall row of one country whose dimensions stand at the given values in two KPIs each."""
    parts = [GATES.head(2).assign(dimension=d, kpi=[f"{d}1", f"{d}2"]) for d in levels]
    rows = [(f"{d}{n}", "COL", 2024, v) for d, v in levels.items() for n in (1, 2)]
    values = pd.DataFrame(rows, columns=VALUES.columns)
    return stages.compute(values, pd.concat(parts, ignore_index=True)).overall().iloc[0]


def test_overall_is_the_median_capped_one_above_the_weakest() -> None:
    profile = overall({"a": 0.8, "b": 0.8, "c": 0.1})
    assert profile["median"] == 3
    assert profile["stage"] == 1
    assert profile["capped"]
    assert profile["bottleneck"] == ["c"]


def test_overall_median_between_two_stages_counts_the_lower() -> None:
    profile = overall({"a": 0.3, "b": 0.6})
    assert profile["median"] == 1.5
    assert profile["stage"] == 1
    assert not profile["capped"]
    assert profile["bottleneck"] == ["a"]


def test_equal_dimensions_have_no_bottleneck() -> None:
    assert overall({"a": 0.6, "b": 0.6})["bottleneck"] == []


def test_one_dimension_makes_no_profile() -> None:
    profile = stages.compute(VALUES, GATES, years=[2024]).overall().set_index("ref_area").loc["COL"]
    assert pd.isna(profile["stage"])
    assert pd.isna(profile["capped"])
    assert profile["n_dimensions"] == 1


def test_years_and_areas_default_to_those_of_the_values() -> None:
    table = stages.compute(VALUES, GATES).table()
    assert sorted(set(table["time_period"])) == [2020, 2021, 2022, 2023, 2024]
    assert len(table) == 5 * 3


def test_no_values_at_all() -> None:
    nothing = stages.compute(VALUES.head(0), GATES, areas=["COL"], years=[2024])
    assert nothing.table()["stage"].isna().all()
    assert nothing.overall()["stage"].isna().all()


def test_areas_that_were_not_asked_for_are_ignored() -> None:
    table = stages.compute(VALUES, GATES, areas=["COL", "URY"], years=[2024]).table()
    assert table["ref_area"].tolist() == ["COL", "URY"]
    assert table["n_with_data"].tolist() == [3, 0]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(DataError, match="values lack the column obs_value"):
        stages.compute(VALUES.drop(columns="obs_value"), GATES)


def test_a_repeated_key_is_shown() -> None:
    with pytest.raises(DataError, match="more than once"):
        stages.compute(pd.concat([VALUES, VALUES.head(1)]), GATES)


def test_years_must_ascend() -> None:
    with pytest.raises(RequestError, match="ascending"):
        stages.compute(VALUES, GATES, years=[2024, 2023])
