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


@pytest.mark.parametrize(("area", "n", "without"), [("JAM", 1, ["B", "C"]), ("NAM", 2, ["C"])])
def test_fewer_than_three_kpis_are_insufficient_data_not_a_low_stage(
    area: str, n: int, without: list[str]
) -> None:
    found = row(area)
    for column in (
        "stage",
        "stage_all",
        "stage_mean",
        "mean_position",
        "confidence",
        "probability",
        "in_doubt",
    ):
        assert pd.isna(found[column]), column
    assert found["n_with_data"] == n
    assert found["without_data"] == without
    assert found["blocking"] == []


def test_with_three_kpis_two_must_pass() -> None:
    low = row("COL", values=VALUES.assign(obs_value=[0.1, 0.1, 0.9, 0.9, 0.1, 0.1]))
    assert low["stage"] == 0
    assert low["unlock"] == ["A"]
    assert low["unlock_effort"] == pytest.approx(0.6, abs=EXACT)


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
    assert pd.isna(row("COL", 2026)["stage"])  # two are too few
    unknown = GATES.assign(window=[5.0, 5.0, float("nan")])
    assert row("COL", 2024, gates=unknown)["without_data"] == ["C"]  # no entry says how old it may be
    longer = GATES.assign(window=[5, 5, 8])
    assert row("COL", 2028, gates=longer)["n_with_data"] == 3


def test_a_year_sees_nothing_of_later_years() -> None:
    assert row("COL", 2023)["n_with_data"] == 2
    assert row("COL", 2019)["n_with_data"] == 0


def test_confidence_by_age_and_coverage() -> None:
    assert row("COL")["confidence"] == "medium"  # all three, but C is four years old
    fresh = VALUES.assign(time_period=2023)
    assert row("COL", values=fresh)["confidence"] == "high"
    four, six = more_gates("D"), more_gates("D", "E", "F")
    assert row("COL", values=fresh, gates=four)["confidence"] == "medium"  # one of four missing
    assert row("COL", values=fresh, gates=six)["confidence"] == "low"  # three of six missing


def test_a_supplement_counts_for_the_stage_and_not_against_confidence() -> None:
    fresh = VALUES.assign(time_period=2023)
    missing = more_gates("D", "E", "F").assign(role=["core"] * 3 + ["supplement"] * 3)
    assert row("COL", values=fresh, gates=missing)["confidence"] == "high"
    aged = GATES.assign(role=["core", "core", "supplement"])
    assert row("COL", gates=aged)["confidence"] == "high"  # C, four years old, is a supplement
    assert row("COL", gates=aged)["stage"] == row("COL")["stage"] == 2
    assert row("COL", gates=aged)["n_with_data"] == 3


def more_gates(*kpis: str) -> pd.DataFrame:
    """The three gates and more of them, without data."""
    return pd.concat([GATES, *(GATES.tail(1).assign(kpi=kpi) for kpi in kpis)], ignore_index=True)


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
    """The overall row of one country whose dimensions stand at the given values in three KPIs each."""
    parts = [GATES.assign(dimension=d, kpi=[f"{d}1", f"{d}2", f"{d}3"]) for d in levels]
    rows = [(f"{d}{n}", "COL", 2024, v) for d, v in levels.items() for n in (1, 2, 3)]
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


# In doubt: 0.76 passes the bar 0.75 times a factor of 0.9–1.1 up to 1.0133, with chance 0.5667; two of three
# such gates pass with 0.5667² (3 − 2 · 0.5667) = 0.5994, below two in three. 0.80 passes with chance 0.8333.
SURE, UNSURE = 0.95, 0.76


def test_a_stage_near_its_bar_is_in_doubt_and_one_further_off_is_not() -> None:
    near = row("COL", values=VALUES.assign(obs_value=UNSURE))
    share = (UNSURE / 0.75 - 0.9) / 0.2
    assert near["probability"] == pytest.approx(share**2 * (3 - 2 * share), abs=EXACT)
    assert near["in_doubt"]
    assert not row("COL", values=VALUES.assign(obs_value=0.80))["in_doubt"]


def test_the_overall_stage_is_in_doubt_when_a_dimension_that_decides_it_is() -> None:
    # Median 3 of connected, connected, transactional: with one connected less it is 2.
    narrow = overall({"a": UNSURE, "b": SURE, "c": 0.6})
    assert narrow["stage"] == 3
    assert narrow["in_doubt"]
    assert narrow["doubt_from"] == ["a"]


def test_a_doubtful_dimension_that_decides_nothing_casts_no_doubt() -> None:
    # Four of five connected: with one less three still hold the median, and the cap rests on e alone.
    wide = overall({"a": UNSURE, "b": SURE, "c": SURE, "d": SURE, "e": 0.6})
    assert wide["stage"] == 3
    assert not wide["in_doubt"]
    assert wide["doubt_from"] == []


def test_the_weakest_dimension_decides_through_the_cap() -> None:
    # 0.51 passes the bar 0.50 with chance 0.6: two of three with 0.648. One lower, it would cap all at 2.
    capped = overall({"a": SURE, "b": SURE, "c": SURE, "d": SURE, "e": 0.51})
    assert capped["stage"] == 3
    assert capped["doubt_from"] == ["e"]


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
