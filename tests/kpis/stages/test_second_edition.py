"""The second edition on the real figures: what was published with it (`second_edition/`) comes out again.

One release has come in since it was computed: birth registration of nine Latin American and Caribbean States
(source siwa_lac). Without it every published count is reproduced; with it one stage is another, Mexico's.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kpis import stages
from kpis.queries import Warehouse
from kpis.sources.csvio import Row, read_rows
from kpis.stages import rules
from kpis.stages.readers import computed
from kpis.warehouse import Store

YEAR = 2026
PUBLISHED = Path(__file__).parent / "second_edition"
COUNTS = ("not_assessed", *stages.STAGES)


@pytest.fixture(scope="module")
def store(wh: Warehouse) -> Store:
    return wh.tables


class AsThen:
    """The warehouse without the release that came in after the edition was computed."""

    later = (
        "select kpi, ref_area, time_period from kpi_value where source = 'siwa_lac' and kpi = 'SDG_16.9.1'"
    )

    def __init__(self, store: Store) -> None:
        self.store, self.gone = store, store.query(self.later)

    version = property(lambda self: self.store.version)
    as_of = property(lambda self: self.store.as_of)

    def query(self, sql: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
        frame = self.store.query(sql, parameters)
        keys = list(self.gone)
        if not {*keys, "obs_value"} <= set(frame):
            return frame
        mark = frame.merge(self.gone.assign(gone=True), on=keys, how="left")["gone"].isna()
        return frame[mark.to_numpy()].reset_index(drop=True)


@pytest.fixture(scope="module")
def then(store: Store) -> AsThen:
    return AsThen(store)


def published(name: str) -> list[Row]:
    return read_rows(PUBLISHED / name)


def test_the_distribution_over_the_stages_is_that_of_the_edition(then: AsThen) -> None:
    rows = published("distribution.csv")
    assert len(rows) == 4 * 8
    matrices = {group: stages.matrix(group, YEAR, then) for group in {row["group_id"] for row in rows}}
    ours, theirs = {}, {}
    for row in rows:
        key, cells = (row["group_id"], row["dimension"]), matrices[row["group_id"]][row["dimension"]]
        ours[key] = [int(cells.isna().sum()), *(int((cells == stage).sum()) for stage in range(4))]
        theirs[key] = [int(row[name]) for name in COUNTS]
    assert ours == theirs


def test_what_came_in_since_moves_one_stage(store: Store, then: AsThen) -> None:
    """Mexico, birth registration: 97.0 percent in 2020, 93.9 in 2023, bar 95."""
    now, before = stages.matrix("WORLD", YEAR, store), stages.matrix("WORLD", YEAR, then)
    moved = now.ne(before).fillna(False) | now.isna().ne(before.isna())
    assert [(area, dimension) for area, dimension in moved.stack().loc[lambda one: one].index] == [
        ("MEX", "services")
    ]
    assert (before.at["MEX", "services"], now.at["MEX", "services"]) == (3, 2)
    gate = stages.profile("MEX", YEAR, store).gates.set_index("kpi").loc["SDG_16.9.1"]
    assert (gate["time_period"], gate["value"], gate["bar"]) == (2023, 93.9, 95)
    assert len(then.gone) == 9


def test_moved_bars_change_as_many_stages_as_published(then: AsThen) -> None:
    rows = published("robustness.csv")
    assert len(rows) == 2 * 3 * 8
    for by in ("0.1", "-0.1"):
        for basis in ("working", "published", "all"):
            found = stages.moved_bars(float(by), basis=basis, year=YEAR, store=then).set_index("dimension")
            for row in [row for row in rows if (row["moved_by"], row["bars"]) == (by, basis)]:
                ours = found.loc[row["dimension"], ["n_assessed", "n_up", "n_down"]].tolist()
                assert ours == [int(row[name]) for name in ("assessed", "up", "down")], row


def test_as_many_pass_each_bar_as_published(then: AsThen) -> None:
    rows = published("reach.csv")
    found = stages.reach(YEAR, store=then).set_index(["kpi", "stage"])
    names = [name for name in rows[0] if name not in ("kpi", "stage", "threshold")]
    theirs = {(row["kpi"], row["stage"]): [int(row[name] or 0) for name in names] for row in rows}
    assert len(theirs) == 32 * 3  # OGDI serves two dimensions, with the same bars
    assert {key: found.loc[key, names].fillna(0).astype(int).tolist() for key in theirs} == theirs
    assert found.loc[("SDG_16.6.2", "enhanced"), "n_un_members"] == 0  # no values are held


def test_the_countries_that_change_most_stand_where_the_edition_says(store: Store) -> None:
    rows = published("changed.csv")
    assert len({row["ref_area"] for row in rows}) == 20
    matrix, everything = stages.matrix("WORLD", YEAR, store), computed(store)
    for row in rows:
        stage, whole = matrix.loc[row["ref_area"], [row["dimension"], "overall"]]
        assert whole == stages.STAGES.index(row["overall"]), row
        assert ("" if pd.isna(stage) else stages.STAGES[stage]) == row["stage"], row
        result = everything.dimensions[row["dimension"]]
        at = everything.panel.years.index(YEAR), everything.panel.areas.index(row["ref_area"])
        levels = {
            kpi: int(level) for kpi, level in zip(result.kpis, result.level[at], strict=True) if level >= 0
        }
        assert " ".join(f"{kpi}={level}" for kpi, level in levels.items()) == row["levels"], row


def test_legal_is_assessed_for_nearly_everybody(store: Store) -> None:
    assert stages.matrix("WORLD", YEAR, store)["legal"].notna().sum() >= 180


def test_no_stage_of_any_year_rests_on_fewer_than_three_gates(store: Store) -> None:
    table = stages.table(store)
    known = table[table["stage"].notna()]
    assert (known["n_with_data"] >= 3).all()
    assert known.loc[known["time_period"] == YEAR, "oldest_age"].max() <= 8
    overall = stages.overall_table(store)
    assert (overall.loc[overall["stage"].notna(), "n_dimensions"] >= rules.MIN_DIMENSIONS).all()


def test_no_value_counts_beyond_the_limit_of_its_kpi_in_any_year(store: Store) -> None:
    found = computed(store)
    assert found.panel.years[-1] == store.as_of
    assert np.nanmax(found.panel.age - found.gates["window"].to_numpy(float)) == 0


def test_colombia_is_connected_in_doubt(store: Store) -> None:
    """Participation, transactional with 63 percent, sets the cap with human capital."""
    found = stages.profile("COL", YEAR, store)
    assert (found.overall_stage, found.in_doubt) == ("connected", True)
    assert found.doubt_from == ("participation",)
    rows = found.dimensions.set_index("dimension")
    assert rows.at["participation", "probability"] == pytest.approx(0.633, abs=5e-4)  # published as 63 %
    assert rows.at["human_capital", "probability"] == pytest.approx(0.68, abs=5e-3)  # published as 68 %
    plain = found.to_dict()
    assert plain["overall"]["in_doubt"] is True
    assert {row["dimension"] for row in plain["dimensions"] if row["in_doubt"]} == {
        "services",
        "participation",
    }


def test_before_the_newer_editions_the_legal_dimension_is_judged_on_what_was_held(store: Store) -> None:
    """No pillar of the GCI before 2024 and no count of laws before 2026: the GovTech answers and 16.10.2."""
    gates = stages.profile("COL", 2023, store).gates.set_index("kpi")
    legal = gates[gates["dimension"] == "legal"]
    assert set(legal.index[legal["value"].notna()]) <= {
        "SDG_16.10.2",
        *(f"GTMI_I{n}" for n in (37, 38, 39, 42)),
    }
    assert pd.isna(gates.at["GCI_ORG", "value"])
    assert stages.matrix("WORLD", 2018, store)["legal"].isna().all()
