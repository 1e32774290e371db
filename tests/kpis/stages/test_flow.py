"""Who changed the overall stage: the published change, and the same on KPIs with data in both years."""

from __future__ import annotations

import numpy as np
import pytest

from kpis import stages
from kpis.errors import RequestError
from kpis.queries import Warehouse
from kpis.stages import rules
from kpis.stages.readers import computed


def test_stages_are_those_of_the_matrix_of_each_year(wh: Warehouse) -> None:
    moves = stages.overall_movers(2020, 2024, wh.tables).set_index("ref_area")
    for column, year in (("stage_from", 2020), ("stage_to", 2024)):
        shown = stages.matrix("WORLD", year, wh.tables)["overall"].reindex(moves.index)
        assert (moves[column] == shown).all()
    assert (moves["change"] == moves["stage_to"] - moves["stage_from"]).all()
    assert (moves["change"].diff().dropna() <= 0).all()


def test_the_change_on_the_same_kpis_is_recomputed_country_by_country(wh: Warehouse) -> None:
    found = computed(wh.tables)
    start, end = (found.panel.years.index(year) for year in (2018, 2024))
    moves = stages.overall_movers(2018, 2024, wh.tables).set_index("ref_area")["change_same_kpis"]
    falls = 0
    for area in moves.dropna().index:
        row = found.panel.areas.index(area)
        before, after = [], []
        for one in found.dimensions.values():
            old, new = one.level[start, row], one.level[end, row]
            both = (old >= 0) & (new >= 0)
            if both.sum() >= rules.MIN_KPIS:
                before.append(int(rules.stage_two_thirds(old[both])))
                after.append(int(rules.stage_two_thirds(new[both])))
        was, now = (int(rules.overall(np.array(part))[0]) for part in (before, after))
        assert moves[area] == now - was
        falls += now < was
    assert falls == (moves < 0).sum() > 0  # a fall must not be taken for missing


def test_years_must_be_held_and_in_order(wh: Warehouse) -> None:
    with pytest.raises(RequestError, match="must lie before"):
        stages.overall_movers(2024, 2024, wh.tables)
    with pytest.raises(RequestError, match="1990 has no stages"):
        stages.overall_movers(1990, 2024, wh.tables)
