"""Annual KPIs in the warehouse: one row per KPI and area, and what is withheld."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from kpis.errors import RequestError
from kpis.forecast import stored_gates
from kpis.forecast.annual_table import annual_rows, of_series, reached
from kpis.forecast.panel import bridge
from kpis.forecast.series import HISTORY, Series, load_series
from kpis.forecast.summary import SHARES
from tests.kpis.forecast.study import INPUTS

QUANTILES = list(SHARES)
# Internet use in 2030 as the comparison of methods printed it: median and band of 80 %.
PRINTED = {"COL": (89, 84, 95), "JAM": (97, 91, 100), "BRB": (89, 77, 95), "RWA": (62, 50, 79),
           "BGD": (72, 62, 85), "WSM": (79, 69, 91)}  # fmt: skip


def series(values: np.ndarray, first_year: int, **other: object) -> Series:
    areas = tuple(f"A{place:02}" for place in range(values.shape[1]))
    return Series("X", 100.0, 2030, 1, True, areas, first_year, values, values, values, **other)


def test_the_horizon_is_the_commonest_and_old_values_are_left_out():
    values = np.full((12, 5), 50.0)  # 2012 to 2023
    values[-1, :2] = np.nan  # 2022: eight years
    values[-2:, 2] = np.nan  # 2021: nine years
    values[:, 3] = np.nan
    shares = series(values, 2012)
    assert shares.last_year.tolist() == [2022, 2022, 2021, 0, 2023]
    assert shares.ahead.tolist() == [8, 8, 0, 0, 7]
    assert shares.horizon == 8
    assert series(values[:5], 2012).horizon is None


def test_a_short_past_is_stretched():
    values = np.full((12, 3), 50.0)
    assert series(values, 2012).stretch == 1.0
    values[0] = np.nan
    assert series(values, 2012).stretch == 1.4
    assert series(values[:0], 2012).stretch == 1.0


def test_the_share_of_draws_at_a_level_or_past_it():
    drawn = np.array([[10.0, 20.0, 30.0, np.nan], [np.nan] * 4])
    assert reached(drawn, 20, 1).tolist() == [pytest.approx(2 / 3), pytest.approx(np.nan, nan_ok=True)]
    assert reached(drawn, 10, -1)[0] == pytest.approx(1 / 3)


def test_rows_of_a_kpi(wh):
    rows = wh.forecast(measure="SDG_17.8.1")
    assert len(rows) > 150
    assert not rows.duplicated("ref_area").any()
    assert set(rows["time_period"]) == {2030}
    assert (np.diff(rows[QUANTILES], axis=1) >= 0).all()
    assert rows[QUANTILES].to_numpy().min() >= 0
    assert rows[QUANTILES].to_numpy().max() <= 100
    assert (rows["p_nearly"] >= rows["p_target"]).all()
    assert rows["rank_p50"].isna().all()
    latest = wh.values("SDG_17.8.1", ["COL"]).sort_values("time_period").iloc[-1]
    colombia = rows.set_index("ref_area").loc["COL"]
    assert (colombia["obs_value"], colombia["origin"]) == (latest["obs_value"], latest["time_period"])
    assert colombia["p10"] < colombia["p50"] < colombia["p90"]


def test_with_the_figures_of_the_comparison_it_says_what_was_printed(wh):
    wide = pd.read_csv(INPUTS / "internet_use.csv", index_col="ref_area").T
    wide.index = wide.index.astype(int)
    internet = next(each for each in load_series(wh.tables) if each.kpi == "SDG_17.8.1")
    values = bridge(wide).reindex(columns=list(internet.areas)).to_numpy(dtype=float)
    older = replace(internet, first_year=int(wide.index[0]), values=values, past=values)
    rows = of_series(older).set_index("ref_area")
    assert rows.loc[list(PRINTED), "origin"].eq(2023).all()
    for area, printed in PRINTED.items():
        assert rows.loc[area, ["p50", "p10", "p90"]].tolist() == pytest.approx(printed, abs=1.5), area


def test_values_more_than_eight_years_from_the_target_are_withheld(wh):
    last = wh.sql(
        "select ref_area, max(time_period) as year from kpi_value where kpi = 'SDG_17.8.1' group by all"
    )
    old = set(last.loc[last["year"] < 2022, "ref_area"])
    assert "SSD" in old
    assert not old & set(wh.forecast(measure="SDG_17.8.1")["ref_area"])


def test_less_is_better_where_the_target_is_low(wh):
    poverty = wh.forecast(measure="SDG_1.1.1").set_index("ref_area")
    highest, lowest = poverty["obs_value"].idxmax(), poverty["obs_value"].idxmin()
    assert poverty.loc[highest, "p_nearly"] < 0.1 < 0.9 < poverty.loc[lowest, "p_nearly"]


def test_the_indices_come_without_a_measure(wh):
    rows = wh.forecast("COL")
    assert sorted(rows["measure"].unique()) == ["EGDI", "HCI", "OSI", "TII"]
    assert len(rows) == 12
    assert rows["p_target"].isna().all()
    with pytest.raises(RequestError, match=r"SDG_9\.c\.1 is not forecast\. Allowed: EGDI, .*SDG_17\.8\.1"):
        wh.forecast("COL", "SDG_9.c.1")


def test_a_past_in_another_series_is_never_joined(wh):
    """Women in parliament: spells of 2000 to 2020, starts of 2025."""
    women = next(each for each in load_series(wh.tables) if each.kpi == "SDG_5.5.1")
    assert HISTORY["SDG_5.5.1"] == "SDG_5.5.1_START"
    assert women.horizon == 5
    assert len(women.past) == 21
    assert women.first_year + len(women.values) - 1 == 2025
    assert wh.forecast("RWA", "SDG_5.5.1")["origin"].tolist() == [2025]


def test_changing_a_value_moves_the_forecast(wh):
    before = annual_rows(wh.tables, ["SDG_7.1.1"]).set_index("ref_area")

    class Changed:
        version, as_of = wh.version, wh.as_of

        def query(self, sql, parameters=None):
            rows = wh.tables.query(sql, parameters)
            if "kpi" in rows and "obs_value" in rows:
                rows.loc[(rows["ref_area"] == "HTI") & (rows["time_period"] == 2023), "obs_value"] += 10
            return rows

    after = annual_rows(Changed(), ["SDG_7.1.1"]).set_index("ref_area")
    assert after.loc["HTI", "p50"] > before.loc["HTI", "p50"] + 8


def test_nothing_passes_nothing_is_forecast(wh):
    assert annual_rows(wh.tables, []).empty


def test_open_sources_alone_forecast_what_they_hold(open_only):
    gates = stored_gates(open_only.tables)
    assert gates.loc[gates["passed"], "kpi"].tolist() == ["SDG_1.1.1", "SDG_5.5.1", "SDG_7.1.1"]
    with pytest.raises(RequestError, match="is not forecast"):
        open_only.forecast("COL", "SDG_17.8.1")
