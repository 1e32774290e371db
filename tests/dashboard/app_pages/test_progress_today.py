"""What Progress says of every KPI, country and method of the built warehouse holds in the year of reading."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from dashboard.app_pages.progress import path
from dashboard.charts import progress_figures as marks
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figures import plain
from dashboard.charts.look import LIGHT
from kpis import progress
from kpis.queries import Warehouse

LIKE_ON_TRACK = {status for card in progress.METHODS.values() for status in card.on_track} | {"disagree"}
OBSERVED = pd.DataFrame({"line": path.OBSERVED, "time_period": [2015, 2020], "obs_value": [1.0, 2.0]})
ARRIVAL = re.compile(r"(?:is reached in|before) (\d{4})")  # in plain text, as in an alternative text


@pytest.fixture(scope="module")
def reader(wh: Warehouse) -> Context:
    """An English reader in the year of the warehouse; numbers as Python writes them, for the sake of time."""

    def number(value: float, precision: int = 0) -> str:
        return f"{value:.{precision}f}"

    return Context(t=lambda key: key, number=number, separators=".,", look=LIGHT, as_of=wh.as_of)


@pytest.fixture(scope="module")
def kpis(wh: Warehouse) -> dict[str, KpiView]:
    return {str(row["kpi"]): KpiView.of(row, "en") for row in wh.kpis().to_dict("records")}


def statuses(wh: Warehouse, horizon: int | None = None) -> pd.DataFrame:
    """Progress of every KPI with a target in every Member State by every method."""
    return wh.progress(wh.areas().loc[lambda table: table["un_member"], "ref_area"].tolist(), horizon=horizon)


def test_no_status_like_on_track_comes_from_an_old_value(
    wh: Warehouse, reader: Context, kpis: dict[str, KpiView]
) -> None:
    cells = re.compile(r'data-status="(\w+)" data-status-year="(\d+)" ?(data-status-old="true")?>')
    seen = []
    for row in statuses(wh).to_dict("records"):
        kpi = kpis[row["kpi"]]
        seen += cells.findall(marks.status(row, kpi, reader) + marks.verdict(row, kpi, reader))
    old = [status for status, _, is_old in seen if is_old]
    assert set(old) == {progress.NO_RECENT_FIGURE}
    assert not set(old) & LIKE_ON_TRACK
    assert progress.NO_RECENT_FIGURE not in {status for status, _, is_old in seen if not is_old}
    assert len(seen) > 2 * len(old) > 1000


@pytest.mark.parametrize("horizon", [2030, 2040])
def test_no_arrival_that_is_printed_lies_in_the_past(
    wh: Warehouse, reader: Context, kpis: dict[str, KpiView], horizon: int
) -> None:
    rows = statuses(wh, horizon)
    years = ["arrival", "unconfirmed_year", "limit_year"]
    dated = rows[rows[years].notna().any(axis=1)].drop_duplicates(["kpi", "ref_area", "projected", *years])
    arrivals, in_words, unconfirmed = [], [], 0
    for row in dated.to_dict("records"):
        kpi = kpis[row["kpi"]]
        title = path.title(row, horizon, kpi, reader)
        html = title + marks.projected(row, kpi, horizon, reader)
        arrivals += [int(year) for year in re.findall(r'data-arrival="(\d+)"', html)]
        alt = path.alt(OBSERVED, row, horizon, "Chad", kpi, reader)
        in_words += [int(year) for year in ARRIVAL.findall(f"{plain(html)} {alt}")]
        unconfirmed += "no later figure confirms it" in title
    assert [year for year in arrivals + in_words if year <= wh.as_of] == []
    assert min(len(arrivals), len(in_words), unconfirmed) > 100  # or this test would prove nothing
