"""Ten worked plans, each figure derived here from raw values and the file of bars, by arithmetic alone."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Callable
from functools import cache

import numpy as np
import pandas as pd
import pytest

from kpis import plan
from kpis.paths import data_dir
from kpis.plan.document import Target, milestones
from kpis.plan.releases import stepwise
from kpis.queries import Warehouse

pytestmark = pytest.mark.long

YEAR, BY = 2026, 2030
STAGES = ("emerging", "enhanced", "transactional", "connected")
FEWEST = 3  # gates with data that a stage needs
TEN = [
    ("COL", "connected"), ("CHL", "connected"), ("JAM", "connected"), ("BRB", "transactional"),
    ("HTI", "enhanced"), ("RWA", "connected"), ("BGD", "connected"), ("WSM", "transactional"),
    ("EST", "connected"), ("PLW", "transactional"),
]  # fmt: skip
EXACT = 1e-9  # the same sums in another order


@pytest.fixture(scope="module")
def bars() -> dict[str, dict[str, list[float]]]:
    """dimension → KPI → bars of the four stages, read from the file itself."""
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    with (data_dir() / "methodology" / "maturity_model.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            found[row["dimension"]][row["kpi"]].append(float(row["threshold"]))
    return found


@pytest.fixture(scope="module")
def raw(wh: Warehouse) -> pd.DataFrame:
    return wh.sql(
        "select v.kpi, v.ref_area, v.time_period, v.obs_value from kpi_value v join area a using (ref_area) "
        "where a.un_member and v.obs_status <> 'U' and v.obs_value is not null"
    )


@pytest.fixture(scope="module")
def outlook(wh: Warehouse) -> Callable[[str, str], plan.Outlook]:
    """The outlook of an area on a stage, worked out once for all tests, which only read it."""
    return cache(lambda area, stage: plan.outlook(area, stage=stage, by=BY, store=wh.tables))


Held = dict[tuple[str, str], dict[int, float]]


@pytest.fixture(scope="module")
def held(raw: pd.DataFrame) -> Held:
    """Area and KPI → year → value. A table of all values would be searched a thousand times."""
    values: Held = defaultdict(dict)
    for kpi, area, year, value in raw.itertuples(index=False):
        values[area, kpi][int(year)] = float(value)
    return values


@pytest.fixture(scope="module")
def entries(wh: Warehouse) -> dict[str, tuple[int, bool]]:
    """KPI → years a value may be old, and whether it is an answer or a count, by its unit."""
    rows = wh.sql("select kpi, fresh_years, unit_measure from kpi")
    return {
        kpi: (int(years), unit.startswith(("answer", "laws")))
        for kpi, years, unit in rows.itertuples(index=False)
    }


def latest(held: Held, area: str, kpi: str, limit: int) -> tuple[int, float] | None:
    own = held.get((area, kpi), {})
    return max((pair for pair in own.items() if YEAR - limit <= pair[0] <= YEAR), default=None)


def stage_of(values: dict[str, float], gates: dict[str, list[float]]) -> int | None:
    """Highest stage whose bar two thirds of the KPIs with data meet."""
    if len(values) < FEWEST:
        return None
    found = 0
    for s in (1, 2, 3):
        met = sum(value >= gates[kpi][s] for kpi, value in values.items())
        if 3 * met >= 2 * len(values):
            found = s
    return found


@pytest.mark.parametrize(("area", "stage"), TEN)
def test_needed_gates_are_the_fewest_and_unlock_the_stage(area, stage, bars, held, entries, outlook):
    found, aim = outlook(area, stage), STAGES.index(stage)
    for dimension, gates in bars.items():
        newest = {kpi: latest(held, area, kpi, entries[kpi][0]) for kpi in gates}
        values = {kpi: pair[1] for kpi, pair in newest.items() if pair}
        now = stage_of(values, gates)
        rows = found.targets[found.targets["dimension"] == dimension].set_index("kpi")
        needed = set(rows.index[rows["status"] == "needed"])
        summary = found.dimensions.set_index("dimension").loc[dimension]
        assert set(rows.index[rows["status"] == "no_data"]) == set(gates) - set(values)
        if now is None:
            assert summary["status"] == "not_assessed"
            assert not needed
            continue
        assert summary["stage"] == now
        assert summary["status"] == ("met" if now >= aim else "open")
        lacking = math.ceil(2 * len(values) / 3) - sum(v >= gates[k][aim] for k, v in values.items())
        assert len(needed) == max(lacking, 0)
        reached = values | {kpi: gates[kpi][aim] for kpi in needed}
        assert stage_of(reached, gates) == max(now, aim), dimension
        for kpi in needed:  # not one of them can be spared
            assert stage_of(reached | {kpi: values[kpi]}, gates) < aim


def pace_of(held: Held, area: str, kpi: str) -> float | None:
    """Change a year from the earliest value of the five years before the latest one."""
    own = sorted(held.get((area, kpi), {}).items())
    window = [pair for pair in own if pair[0] >= own[-1][0] - 5]
    if len(window) < 2:
        return None
    (first, before), (last, after) = window[0], window[-1]
    return (after - before) / (last - first)


def seen_today(start: int, value: float, bar: float, pace: float) -> tuple[str, int | None]:
    """When a line arrives, year after year from its figure: before today it is only probable."""
    if pace <= 0:
        return "never", None
    year = start
    while value + pace * (year - start) < bar - 1e-9:
        year += 1
    return ("arrives" if year >= YEAR else "probably_reached"), year


@pytest.mark.parametrize(("area", "stage"), TEN)
def test_needed_change_and_both_years_of_arrival(area, stage, bars, held, entries, outlook):
    found = outlook(area, stage)
    for row in found.needed.to_dict("records"):
        limit, whole = entries[row["kpi"]]
        year, value = latest(held, area, row["kpi"], limit)
        bar = bars[row["dimension"]][row["kpi"]][STAGES.index(stage)]
        assert (row["time_period"], row["age"], row["target"]) == (year, YEAR - year, bar)
        assert row["change"] == pytest.approx(bar - value, abs=EXACT)
        assert row["per_year"] == pytest.approx((bar - value) / (BY - year), abs=EXACT)
        peers = [pace for one in found.peers if (pace := pace_of(held, one, row["kpi"])) is not None]
        paces = {
            "own": pace_of(held, area, row["kpi"]),
            "peers": float(np.quantile(peers, 0.75)) if len(peers) >= 4 else None,
        }
        for lane, pace in paces.items():
            state, arrives, missing, in_time = (
                row[f"{name}_{lane}"] for name in ("state", "arrives", "missing", "in_time")
            )
            if whole or pace is None:
                assert state == ("stepwise" if whole else "not_known")
                assert math.isnan(row[f"pace_{lane}"])
                assert pd.isna(arrives)
                assert pd.isna(in_time)
                continue
            assert row[f"pace_{lane}"] == pytest.approx(pace, abs=EXACT)
            expected, when = seen_today(year, value, bar, pace)
            assert state == expected
            assert (None if pd.isna(arrives) else arrives) == (when if state == "arrives" else None)
            assert (None if pd.isna(missing) else missing) == (when if state == "probably_reached" else None)
            assert in_time == (when is not None and when <= BY)


@pytest.mark.parametrize(("area", "stage"), TEN)
def test_nothing_lies_before_today_and_no_closed_edition_is_asked_to_move(area, stage, outlook, wh):
    found = outlook(area, stage)
    made = plan.make(found, store=wh.tables)
    for lane in ("own", "peers"):
        assert not (found.targets[f"arrives_{lane}"] < YEAR).any()
    assert not (found.targets["next_year"] < YEAR).any()
    assert not any(one.kpi.endswith("_2020") for one in made.targets)
    assert {one.time_period for one in made.milestones} <= set(range(YEAR + 1, BY + 1))
    years = [one.time_period for one in made.milestones]
    assert all(years.count(year) == len(made.targets) for year in range(YEAR + 1, BY + 1))


def test_milestones_stand_on_the_line_and_answers_on_whole_numbers(wh):
    """Rwanda, legal: from 0 to 2 in I-37 on a line over 8 years is 1.25 in 2027: the answer is 1."""
    target = Target(
        dimension="legal", kpi="GTMI_I37", stage="connected", base_year=2022, base_value=0, target=2
    )
    points = milestones((target,), 2030, 2026, stepwise(wh.tables))
    assert [one.value for one in points] == [1, 1, 1, 2]
    share = target.model_copy(update={"kpi": "SDG_17.8.1", "base_value": 40.0, "target": 80.0})
    points = milestones((share,), 2030, 2026, stepwise(wh.tables))
    assert [one.value for one in points] == pytest.approx([65, 70, 75, 80], abs=EXACT)


@pytest.mark.parametrize(("area", "stage"), TEN)
def test_precedents_counted_one_by_one(area, stage, bars, held, outlook):
    found = outlook(area, stage)
    for row in found.needed.head(3).to_dict("records"):
        gates = bars[row["dimension"]][row["kpi"]]
        bar, horizon = row["target"], BY - int(row["time_period"])
        near = 0.25 * (bar - max([one for one in gates if one < bar], default=bar - 1))
        stood, did = 0, set()
        for (other, kpi), series in held.items():
            if kpi != row["kpi"] or other == area:
                continue
            gaps = {
                year: abs(value - row["value"])
                for year, value in series.items()
                if value < bar and year + horizon <= max(series)
            }
            starts = [(-gap, year) for year, gap in gaps.items() if gap <= near]
            if not starts:
                continue
            _, start = max(starts)  # the nearest, of equally near ones the latest
            stood += 1
            if any(value >= bar for year, value in series.items() if start < year <= start + horizon):
                did.add(other)
        assert (row["n_stood"], set(row["who"])) == (stood, did), row["kpi"]


def test_colombia_by_hand(wh):
    """SDG 17.8.1: 79.3454 in 2024, bar 80: 0.6546 in 6 years. At 2.87 a year since 2019 (65.0075) the line
    passed 80 in 2025, which no figure shows yet."""
    row = plan.outlook("COL", stage="connected", store=wh.tables).needed.set_index("kpi").loc["SDG_17.8.1"]
    assert row["change"] == pytest.approx(0.6546, abs=1e-4)  # as printed by the ITU
    assert row["per_year"] == pytest.approx(0.6546 / 6, abs=1e-4)
    assert (row["state_own"], row["missing_own"]) == ("probably_reached", 2025)
    assert pd.isna(row["arrives_own"])
    assert row["in_time_own"]


def test_the_written_plan_says_it_in_words(wh):
    found = plan.outlook("COL", stage="connected", by=2028, store=wh.tables)
    written = {
        lang: plan.markdown(plan.make(found, store=wh.tables), lang, wh.tables) for lang in ("en", "es")
    }
    assert "probably reached already; the figure of 2025 is missing" in written["en"]
    assert "probablemente ya alcanzado; falta la cifra de 2025" in written["es"]
    assert "2024, 2 years old" in written["en"]
    assert "2024, de hace 2 años" in written["es"]
    assert "| 2027 | 2028 | Next publication |" in written["en"]
    assert "by the publisher’s stated rhythm" in written["en"]
    assert "Actions for People using the Internet" in written["en"]
    assert "General actions of this step" in written["en"]
    assert "(now 79.3; 2024, 2 years old)" in written["en"]


def test_estonia_has_met_it_and_says_so(wh):
    found = plan.outlook("EST", stage="connected", store=wh.tables)
    assert found.reached
    assert found.needed.empty
    said = plan.markdown(plan.make(found, store=wh.tables), "es", wh.tables)
    assert "El objetivo ya se cumple" in said


@pytest.mark.parametrize("area", [area for area, _ in TEN])
def test_rank_after_an_egdi_goal(area, raw, wh):
    """Ranked by hand among the published figures; other countries shift when spreads move, so within 3."""
    egdi = raw[(raw["kpi"] == "EGDI") & (raw["time_period"] == 2024)].set_index("ref_area")["obs_value"]
    aim = round(min(float(egdi[area]) + 0.05, 0.99), 3)
    found = plan.outlook(area, egdi=aim, store=wh.tables)
    head = found.targets.iloc[0]
    assert head["change"] == pytest.approx(aim - egdi[area], abs=EXACT)
    assert found.egdi_after == pytest.approx(aim, abs=1e-6)  # the solver's own tolerance
    by_hand = 1 + int((egdi.drop(area) > aim).sum())
    assert abs(found.rank_after - by_hand) <= 3
    moved = {row["kpi"]: row["target"] for row in found.targets.iloc[1:].to_dict("records")}
    assert plan.attempt(area, moved, wh.tables).rank == found.rank_after


def test_out_of_reach_is_said(wh):
    found = plan.outlook("EST", egdi=1.0, store=wh.tables)
    assert not found.possible
    assert "cannot be met" in plan.markdown(plan.make(found, store=wh.tables), "en", wh.tables)
