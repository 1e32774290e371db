"""Tables, disagreement, method cards, helpers and errors."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from kpis import progress
from kpis.errors import DataError, RequestError

CASES = pd.DataFrame(
    {
        "kpi": ["ONLINE", "ONLINE", "DEATHS", "ONLINE"],
        "ref_area": ["COL", "NAM", "COL", "URY"],
        "base_year": [2015, 2015, 2015, 2020],
        "base_value": [41.0, 50.0, 80.0, 60.0],
        "latest_year": [2023, 2020, 2020, 2020],
        "latest_value": [77.0, 55.0, 40.0, 60.0],
        "direction": [1, 1, -1, 1],
        "target": [90.0, 75.0, np.nan, 90.0],
    },
    index=[10, 20, 30, 40],
)


def test_same_rows_same_index_and_the_result_columns():
    table = progress.assess_table(CASES, "unsd")
    pd.testing.assert_frame_equal(table[CASES.columns], CASES)
    added = ["method", "status", "value", "score", "projected", "observed_rate", "required_rate", "reason"]
    assert list(table.columns[len(CASES.columns) :]) == added
    assert table["status"].tolist() == ["on_track", "moderate", "on_track", "insufficient_data"]
    assert table["reason"].tolist() == ["trend_to_target", "trend_to_target", "trend_only", "one_observation"]


def test_the_example_of_the_contract():
    """77 * (77/41)^(7/8) = 133.66 in 2030; (133.66 - 41) / 49 = 1.89, beyond 1.5, so 5."""
    result = progress.assess(
        base_year=2015,
        base_value=41.0,
        latest_year=2023,
        latest_value=77.0,
        direction=1,
        target=90.0,
        target_year=2030,
        method="unsd",
    )
    assert (result.status, result.score) == ("on_track", 5.0)
    assert result.projected == pytest.approx(77 * (77 / 41) ** (7 / 8))


def test_a_missing_target_year_is_2030_and_an_own_one_is_used():
    plain = progress.assess_table(CASES, "unsd")
    assert plain["projected"].equals(
        progress.assess_table(CASES.assign(target_year=2030), "unsd")["projected"]
    )
    some = progress.assess_table(CASES.assign(target_year=[np.nan, 2025, np.nan, np.nan]), "unsd")
    assert some.loc[20, "projected"] == pytest.approx(55 * 1.1)  # 2025: one more five-year step


def test_year_ranges_and_nullable_columns_are_read():
    ranged = CASES.assign(base_year=["2015-16", "2015", "2015/2016", "2020"]).convert_dtypes()
    table = progress.assess_table(ranged, "statcan")
    expected = progress.assess_table(CASES, "statcan")
    assert table["status"].tolist() == expected["status"].tolist()


def test_an_empty_table_stays_empty():
    for method in progress.METHODS:
        assert progress.assess_table(CASES.head(0), method).empty
    assert progress.disagreement(CASES.head(0)).empty


def test_table_errors_name_the_fault():
    with pytest.raises(RequestError, match="missing: base_value, direction"):
        progress.assess_table(CASES.drop(columns=["base_value", "direction"]), "unsd")
    with pytest.raises(RequestError, match="Column 'base_value' must hold numbers"):
        progress.assess_table(CASES.assign(base_value="many"), "unsd")
    with pytest.raises(RequestError, match=r"'direction' must be 1 or -1; 1 rows are not, first \[20\]"):
        progress.assess_table(CASES.assign(direction=[1, 0, 1, 1]), "unsd")
    with pytest.raises(RequestError, match="'latest_year' must hold whole years, not 'soon'"):
        progress.assess_table(CASES.assign(latest_year="soon"), "unsd")


def test_an_unknown_method_gets_the_near_miss():
    with pytest.raises(RequestError, match="Did you mean 'statcan'"):
        progress.assess_table(CASES, "statcam")
    with pytest.raises(RequestError, match="Did you mean 'eurostat'"):
        progress.assess(
            base_year=2015, base_value=1, latest_year=2020, latest_value=2, direction=1, method="Eurostat "
        )


@pytest.mark.parametrize(
    "wrong", [{"direction": 0}, {"base_value": "x"}, {"base_year": 2015.5}, {"latest_year": "x"}]
)
def test_scalar_errors(wrong):
    case = {"base_year": 2015, "base_value": 1, "latest_year": 2020, "latest_value": 2, "direction": 1}
    with pytest.raises(RequestError, match=next(iter(wrong))):
        progress.assess(**(case | wrong))


def test_a_range_of_years_counts_as_its_first():
    case = {"base_value": 50, "latest_year": 2020, "latest_value": 60, "direction": 1, "target": 80}
    assert progress.assess(base_year="2015-16", **case) == progress.assess(base_year=2015, **case)


# 50 to 55 in five years with 60 wanted by 2030, goalposts 0 and 100, green 95.
# unsd: 55 * 1.1^2 = 66.55, ratio 16.55 / 10 = 1.66; statcan and eurostat: 1.92 % a year against 1.22 %;
# sdsn: 1 point a year against 45 / 15 = 3.
APART = pd.DataFrame(
    {
        "kpi": ["A", "B", "C", "D"],
        "ref_area": "COL",
        "base_year": 2015,
        "base_value": [50.0, 50.0, np.nan, 0.0],
        "latest_year": 2020,
        "latest_value": [55.0, 45.0, 55.0, 20.0],
        "direction": 1,
        "target": [60.0, 60.0, 60.0, np.nan],
        "worst": [0.0, 0.0, 0.0, np.nan],
        "best": 100.0,
        "green": 95.0,
    }
)


def test_disagreement_in_plain_codes():
    calls = progress.disagreement(APART)
    assert calls.loc[0, "verdict"] == "disagree"
    assert calls.loc[0, "on_track_by"] == "unsd eurostat statcan"
    assert calls.loc[0, "sdsn"] == "not_on_track"
    assert calls["verdict"].tolist() == ["disagree", "none_on_track", "not_assessed", "one_method"]
    assert calls["n_assessed"].tolist() == [4, 4, 0, 1]
    assert calls["n_on_track"].tolist() == [3, 0, 0, 1]


def test_disagreement_reads_stacked_results_too():
    stacked = pd.concat([progress.assess_table(APART, method) for method in progress.METHODS])
    pd.testing.assert_frame_equal(progress.disagreement(stacked), progress.disagreement(APART))
    two = stacked[stacked["method"].isin(["unsd", "sdsn"])]
    assert progress.disagreement(two)["on_track_by"].tolist() == ["unsd", "", "", ""]
    with pytest.raises(RequestError, match="twice"):
        progress.disagreement(pd.concat([stacked, stacked]))
    with pytest.raises(RequestError, match="Did you mean 'moderate'"):
        progress.disagreement(two.assign(method="unsd", status="moderat").drop_duplicates("kpi"))


def test_all_agree():
    good = APART.head(1).assign(latest_value=99.0)
    assert progress.disagreement(good)["verdict"].tolist() == ["all_on_track"]


def test_cards_are_complete():
    assert list(progress.METHODS) == ["unsd", "eurostat", "statcan", "sdsn"]
    for name, card in progress.METHODS.items():
        assert card.id == name
        assert all([card.name, card.formula, card.without_target, card.source, card.status, card.tolerance])
        assert set(card.on_track) < set(card.statuses)
        assert card.statuses[-1] in {"insufficient_data", "not_available"}
    assert progress.METHODS["eurostat"].status_without_target == "unconfirmed"


def test_just_right():
    """Half and double are equally far from parity; 0.97 to 1.03 is parity where the note says so."""
    assert progress.just_right([0.5, 1, 2]).tolist() == [2, 1, 2]
    assert progress.just_right([0.97, 1.03, 1.04, 0.96], band=0.03).tolist() == [1, 1, 1.04, 1 / 0.96]
    assert progress.just_right(25, target=50).tolist() == 2
    assert np.isnan(progress.just_right([0, -1, np.nan])).all()
    with pytest.raises(RequestError):
        progress.just_right([1], target=0)


def test_a_just_right_target_is_assessed_downwards_to_1():
    """Girls per boy: 0.8 is 1.25 away from parity; 1.02 lies within 0.03 of it and counts as 1."""
    base, latest = progress.just_right([0.8, 1.02], band=0.03)
    case = {"base_year": 2015, "latest_year": 2020, "direction": -1, "target": 1.0}
    result = progress.assess(base_value=base, latest_value=latest, method="statcan", **case)
    assert (result.status, result.reason) == ("target_achieved", "target_met")


def test_endpoints_take_the_base_year_or_the_first_later_one():
    seen = pd.DataFrame(
        {
            "kpi": "K",
            "ref_area": ["NA", "COL", "COL", "COL", "COL", "URY"],
            "time_period": ["2016", "2012", "2016-17", "2020", "2022", "2010"],
            "obs_value": [5.0, 1.0, 2.0, 3.0, np.nan, 9.0],
        }
    )
    ends = progress.endpoints(seen).set_index("ref_area")
    assert ends.loc["COL"].tolist() == ["K", 2016.0, 2.0, 2020.0, 3.0]
    assert ends.loc["NA"].tolist() == ["K", 2016.0, 5.0, 2016.0, 5.0]
    assert math.isnan(ends.loc["URY", "base_value"])
    table = progress.assess_table(ends.assign(direction=1), "unsd")
    assert table["reason"].to_dict() == {"NA": "one_observation", "COL": "trend_only", "URY": "missing_value"}


def test_endpoints_refuse_two_values_for_one_year():
    twice = pd.DataFrame(
        {"kpi": "K", "ref_area": "COL", "time_period": [2015, 2015], "obs_value": [1.0, 2.0]}
    )
    with pytest.raises(DataError, match="2 observations share"):
        progress.endpoints(twice)
    with pytest.raises(RequestError, match="obs_value"):
        progress.endpoints(twice.drop(columns="obs_value"))
