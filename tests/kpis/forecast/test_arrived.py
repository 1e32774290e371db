"""A frozen forecast meets its edition: scored as by hand, and as the backtest would have scored it."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis import open_warehouse
from kpis.building.build import build
from kpis.forecast import backtest, draws, fit, load_panel
from kpis.forecast.arrived import Score, score
from kpis.forecast.scores import crps, crps_of_quantiles, quantiles
from kpis.forecast.summary import summary
from kpis.queries import Warehouse
from kpis.sources import forecasts
from kpis.sources.csvio import write_rows
from kpis.sources.forecasts import COLUMNS, SHARES
from kpis.sources.observations import COLUMNS as OBSERVED
from tests.conftest import TODAY
from tests.kpis.forecast.made_up import (
    FROZEN_ON,
    HELD,
    NEXT,
    WithFrozen,
    editions,
    observations,
    own,
    stored,
)

DIGITS = 5e-5  # quantiles are stored to four decimals


@pytest.fixture(scope="module")
def data(shared: Path) -> Path:
    """The folder after the made-up edition came."""
    return editions(shared)["after"].data


@pytest.fixture(scope="module")
def arrived(shared: Path) -> Score:
    (only,) = score(open_warehouse(editions(shared)["after"].warehouse).tables)
    return only


def of(arrived: Score, measure: str, what: str) -> pd.DataFrame:
    cases = arrived.cases
    return cases[(cases["measure"] == measure) & (cases["of"] == what)].set_index("ref_area")


def mean_of(levels: tuple[float | None, ...]) -> float:
    return sum(level for level in levels if level is not None) / 3


def crps_by_hand(row: dict[str, str], prefix: str, actual: float) -> float:
    """Quantile by quantile: each stands for the shares nearer to its own than to its neighbours'."""
    shares = list(SHARES.values())
    total = 0.0
    for place, (name, share) in enumerate(SHARES.items()):
        start = 0.0 if place == 0 else (shares[place - 1] + share) / 2
        end = 1.0 if place == len(shares) - 1 else (share + shares[place + 1]) / 2
        quantile = float(row[prefix + name])
        loss = share * (actual - quantile) if actual >= quantile else (1 - share) * (quantile - actual)
        total += 2 * (end - start) * loss
    return total


def test_the_score_says_from_when_and_what_it_is(arrived: Score) -> None:
    assert (arrived.edition, arrived.origin, arrived.frozen_on) == (2026, 2024, FROZEN_ON.isoformat())
    assert len(arrived.data_version) == 12
    assert not arrived.uses_technology
    assert arrived.has_arrived


def test_only_who_has_a_forecast_and_a_figure_is_a_case(arrived: Score) -> None:
    """Haiti has no figure of 2026 and Cuba no forecast, for its TII of 2024 is missing."""
    assert arrived.n_forecast == 4
    cases = arrived.cases.groupby(["measure", "of"])["ref_area"].agg(list)
    assert len(cases) == 8
    assert {tuple(sorted(areas)) for areas in cases} == {("COL", "JAM", "URY")}


def test_an_edition_that_is_still_coming_in_is_no_edition(data: Path, tmp_path: Path) -> None:
    """Of four countries two have figures: first and second among themselves, far from it among all."""
    folder = own(data, tmp_path / "data")
    two = {area: NEXT[area] for area in ("URY", "JAM")}
    write_rows(folder / "observations" / "undesa_egovkb.csv", OBSERVED, observations(HELD, two))
    warehouse = open_warehouse(build(tmp_path / "few.duckdb", data=folder, today=TODAY))
    (waiting,) = score(warehouse.tables)
    assert not waiting.has_arrived
    assert waiting.n_forecast == 4
    assert load_panel(warehouse.tables).editions[-1] == 2024
    rows = warehouse.forecast(["COL"], "EGDI")
    assert rows["time_period"].tolist() == [2026, 2028]
    assert rows["p50"].notna().all()
    warehouse.close()


def test_values_are_scored_as_by_hand(arrived: Score, data: Path) -> None:
    table, rows = of(arrived, "EGDI", "value"), stored(data)
    for area in ("COL", "JAM", "URY"):
        actual, today = mean_of(NEXT[area][2026]), mean_of(HELD[area][2024])
        row, case = rows["EGDI", area], table.loc[area]
        assert case["actual"] == pytest.approx(actual, abs=DIGITS)
        assert case["error"] == pytest.approx(abs(float(row["p50"]) - actual), abs=DIGITS)
        assert (
            case["as_today_error"]
            == case["as_today_crps"]
            == pytest.approx(abs(today - actual), abs=2 * DIGITS)
        )
        assert case["crps"] == pytest.approx(crps_by_hand(row, "", case["actual"]), rel=1e-9)
        for band, low, high in ((50, "p25", "p75"), (80, "p10", "p90"), (95, "p025", "p975")):
            assert case[f"within_{band}"] == (float(row[low]) <= actual <= float(row[high]))


def test_one_was_foreseen_and_two_were_not(arrived: Score) -> None:
    table = of(arrived, "EGDI", "value")
    assert table["within_80"].to_dict() == {"COL": True, "JAM": False, "URY": False}
    assert arrived.missed("EGDI", "value")["ref_area"].tolist() == ["JAM", "URY"]
    assert table.loc["COL", "as_today_error"] == pytest.approx(2.02 / 3 - 1.95 / 3, abs=DIGITS)


def test_ranks_are_among_those_with_both(arrived: Score, data: Path) -> None:
    table, rows = of(arrived, "EGDI", "rank"), stored(data)
    assert table["actual"].to_dict() == {"COL": 2, "JAM": 3, "URY": 1}
    assert table["as_today"].to_dict() == {"COL": 2, "JAM": 3, "URY": 1}
    assert table["as_today_error"].to_dict() == {"COL": 0, "JAM": 0, "URY": 0}
    for area in ("COL", "JAM", "URY"):
        by_hand = crps_by_hand(rows["EGDI", area], "rank_", table.loc[area, "actual"])
        assert table.loc[area, "crps"] == pytest.approx(by_hand, rel=1e-9)


def test_the_summary_counts_hits_and_takes_means(arrived: Score) -> None:
    line = arrived.summary().set_index(["measure", "of"]).loc[("EGDI", "value")]
    table = of(arrived, "EGDI", "value")
    assert (line["n"], line["within_80"]) == (3, 1)
    assert line["crps"] == pytest.approx(sum(table["crps"]) / 3)
    assert line["as_today_error"] == pytest.approx(sum(table["as_today_error"]) / 3)


def test_as_today_with_the_spread_of_the_past_by_hand(arrived: Score) -> None:
    """HCI: nine changes (Haiti's and Cuba's too), their median taken off, about the value of 2024."""
    changes = [0.01, 0.0, 0.0, 0.02, 0.01, -0.02, -0.01, 0.02, 0.01, 0.0]
    middle = float(np.median(changes))
    actual, today = 0.61, 0.61  # Colombia
    guesses = [today + change - middle for change in changes]
    far = sum(abs(guess - actual) for guess in guesses) / 10
    apart = sum(abs(one - other) for one in guesses for other in guesses) / 100
    case = of(arrived, "HCI", "value").loc["COL"]
    assert case["as_today_spread_crps"] == pytest.approx(far - apart / 2, abs=1e-9)


def test_before_its_edition_a_forecast_waits(wh: Warehouse, arrived: Score, data: Path) -> None:
    frozen = forecasts.read(data / "forecasts" / "2026.csv", set(wh.areas()["ref_area"]))
    later = frozen.rows().assign(time_period=2098)
    (waiting,) = score(WithFrozen(wh.tables, later))
    assert not waiting.has_arrived
    assert waiting.summary().empty
    assert waiting.missed().empty
    assert waiting.n_forecast == 4


@pytest.fixture(scope="module")
def of_2024(wh: Warehouse) -> Score:
    """The edition of 2024 as a forecast frozen in 2022 would have met it."""
    panel = load_panel(wh.tables).until(2022)
    model = fit(panel)
    table = summary(draws(model), panel, SHARES)[list(COLUMNS)]
    facts = {"time_period": 2024, "origin": 2022, "frozen_on": "2022-10-01", "data_version": "0" * 12}
    frozen = table.assign(**facts, escala_version="0", uses_technology=True)
    (only,) = score(WithFrozen(wh.tables, frozen))
    return only


def test_the_last_edition_is_scored_as_the_backtest_scores_it(
    wh: Warehouse, of_2024: Score, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The backtest has all draws; quantiles give the same hits, and CRPS within a thousandth."""
    monkeypatch.setattr(sys.modules[backtest.__module__], "FIRST_ORIGIN", {1: 2022})  # the one looked at
    tested = backtest(load_panel(wh.tables)).set_index("ref_area")
    assert set(tested["origin"]) == {2022}
    assert len(tested) == 193
    for measure, what in (("egdi", "value"), ("rank", "rank")):
        table = of(of_2024, "EGDI", what).loc[tested.index]
        # the backtest ranks figures by four decimals and not by the five that the UN ranks by
        apart = (table["actual"] - tested[f"{measure}_actual"]).abs()
        assert apart.max() <= (1 if what == "rank" else 1e-9)
        assert apart.gt(1e-9).sum() <= 5
        hits = (table["within_80"] == tested[f"{measure}_within_80"]).sum()
        assert hits >= 192
        assert table["error"].mean() == pytest.approx(tested[f"{measure}_error"].mean(), rel=1e-3)
        assert table["crps"].mean() == pytest.approx(tested[f"{measure}_crps"].mean(), rel=1e-3)


def test_ranks_are_those_that_the_un_prints(wh: Warehouse, of_2024: Score) -> None:
    printed = wh.sql(
        "select ref_area, obs_value from observation where series = 'EGDI.RANK' and time_period = 2024"
    ).set_index("ref_area")["obs_value"]
    table = of(of_2024, "EGDI", "rank")
    assert len(table) == 193
    assert (table["actual"] == printed.loc[table.index]).sum() == 193


def test_a_width_helps_the_guess_as_today(of_2024: Score) -> None:
    """As a point it loses for having none; with the spread of the past it is what the forecast must beat."""
    lines = of_2024.summary().set_index(["measure", "of"]).loc["EGDI"]
    assert (lines["as_today_spread_crps"] < lines["as_today_crps"]).tolist() == [True, True]
    assert (lines["crps"] < lines["as_today_spread_crps"]).tolist() == [True, True]


@given(
    sample=st.lists(st.floats(0, 1), min_size=100, max_size=300),
    actual=st.floats(0, 1),
)
def test_crps_from_stored_quantiles_is_near_that_of_the_draws(sample: list[float], actual: float) -> None:
    """Within one per cent of the range of the draws, however they lie."""
    drawn, figure = np.array(sample)[:, None], np.array([actual])
    shares = tuple(SHARES.values())
    few = crps_of_quantiles(quantiles(drawn, shares, whole=False), shares, figure)
    assert few == pytest.approx(crps(drawn, figure), abs=0.01 * float(np.ptp(drawn)) + 1e-12)


def test_crps_of_a_certain_forecast_is_its_error() -> None:
    shares = tuple(SHARES.values())
    certain = np.full((len(shares), 2), 0.4)
    assert crps_of_quantiles(certain, shares, np.array([0.4, 0.7])) == pytest.approx([0, 0.3])
