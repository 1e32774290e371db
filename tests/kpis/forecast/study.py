"""The comparison of methods that the recipe comes from: its figures, its inputs, and both beside today's.

python -m tests.kpis.forecast.study     (needs a warehouse; about half a minute)
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

import kpis
from kpis.forecast import Panel, backtest, load_panel
from kpis.forecast.panel import FloatArray, two_year_change

INPUTS = Path(__file__).parent / "study_inputs"
COLUMNS = (
    "egdi_error", "egdi_as_today", "egdi_line", "egdi_crps", "egdi_within_50", "egdi_within_80",
    "egdi_within_95", "egdi_width_80", "rank_error", "rank_as_today", "rank_line", "rank_crps",
    "rank_within_50", "rank_within_80", "rank_within_95", "rank_width_80",
)  # fmt: skip
# Means over origins as printed: error of the median, of as today and of the line, CRPS, shares within the
# bands of 50, 80 and 95 %, width of the band of 80 %; first for values, then for ranks.
PRINTED = {
    1: (.0419, .0449, .0634, .0302, .518, .803, .948, .141,
        7.95, 8.26, 12.26, 5.68, .556, .829, .957, 26.2),
    2: (.0543, .0668, .1043, .0391, .528, .814, .937, .189,
        10.26, 10.65, 19.67, 7.25, .548, .838, .959, 34.5),
    3: (.0691, .0975, .1454, .0485, .484, .806, .942, .234,
        12.19, 12.23, 26.45, 8.68, .533, .836, .955, 42.0),
}  # fmt: skip


def study_panel(panel: Panel) -> Panel:
    """A panel with Internet use and mobile subscriptions as they were when methods were compared."""
    series = tuple(_rows(name) for name in ("internet_use", "mobile_subscriptions"))
    internet, mobile = (two_year_change(rows, panel.editions, panel.areas) for rows in series)
    return replace(panel, internet_change=internet, mobile_change=mobile, series=series)


def _rows(name: str) -> pd.DataFrame:
    wide = pd.read_csv(INPUTS / f"{name}.csv", keep_default_na=False, na_values=[""])
    long = wide.melt("ref_area", var_name="time_period", value_name="obs_value").dropna()
    return long.astype({"time_period": int})


def printed_countries() -> pd.DataFrame:
    """Ten countries, three editions: what was printed of them."""
    return pd.read_csv(INPUTS / "ten_countries.csv", keep_default_na=False, na_values=[""])


def means(panel: Panel, ahead: int) -> FloatArray:
    """One value for each of COLUMNS: the mean over origins of the mean over countries."""
    cases = backtest(panel, ahead)
    for measure in ("egdi", "rank"):
        for point in ("as_today", "line"):
            cases[f"{measure}_{point}"] = (cases[f"{measure}_{point}"] - cases[f"{measure}_actual"]).abs()
    by_origin = cases.groupby("origin")[list(COLUMNS)].mean()
    return by_origin.mean().to_numpy(dtype=np.float64)


def main() -> None:
    """Prints the three tables side by side."""
    today = load_panel(kpis.open_warehouse().tables)
    for ahead, printed in PRINTED.items():
        columns = {"printed": printed, "its inputs": means(study_panel(today), ahead)}
        columns["today's inputs"] = means(today, ahead)
        print(f"\n{ahead} edition(s) ahead\n{pd.DataFrame(columns, index=COLUMNS).round(4).to_string()}")


if __name__ == "__main__":
    main()
