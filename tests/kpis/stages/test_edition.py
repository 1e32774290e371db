"""What changed from the first edition to the second, as told to readers."""

from __future__ import annotations

import pandas as pd
import pytest

from kpis import stages
from kpis.errors import RequestError
from kpis.queries import Warehouse
from kpis.stages import edition, load_gates

YEAR = 2026


@pytest.mark.parametrize("group", ["WORLD", "LDC", "SIDS", "CARIBBEAN_SIDS"])
def test_every_reading_counts_the_same_members(group: str, wh: Warehouse) -> None:
    counts = edition.distribution(group, wh.tables)
    assert counts["reading"].unique().tolist() == list(edition.READINGS)
    assert counts.groupby("reading")["dimension"].count().eq(8).all()
    assert counts[[*edition.COUNTS]].sum(axis=1).unique().tolist() == [len(wh.members(group, YEAR))]


def test_the_second_reading_is_what_the_pages_show(wh: Warehouse) -> None:
    counts = edition.distribution(store=wh.tables).set_index(["reading", "dimension"]).loc["second"]
    table = stages.table(wh.tables)
    latest = table[table["time_period"] == wh.as_of]
    for dimension, rows in latest.groupby("dimension"):
        found = rows["stage"].value_counts(dropna=False)
        assert counts.loc[dimension].tolist() == [found.get(level, 0) for level in (pd.NA, 0, 1, 2, 3)]


def test_countries_say_from_where_to_where_and_why_in_both_languages(wh: Warehouse) -> None:
    english, spanish = edition.countries(), edition.countries("es")
    assert english["ref_area"].nunique() == 20
    assert english["why"].ne(spanish["why"]).all()
    assert {cause for causes in english["causes"] for cause in causes} <= set(edition.texts())
    matrix = stages.matrix("WORLD", YEAR, wh.tables)
    for row in english.to_dict("records"):
        stage = matrix.at[row["ref_area"], row["dimension"]]
        assert row["stage_after"] == ("" if pd.isna(stage) else stages.STAGES[int(stage)])


def test_every_gate_says_what_changed_and_dropped_ones_are_no_gates() -> None:
    held = {(row["dimension"], row["kpi"]) for row in load_gates().to_dict("records")}
    changes = edition.gate_changes()
    assert set(changes["change"]) == set(edition.CHANGES)
    told = changes.set_index(["dimension", "kpi"])["change"]
    assert set(told.index[told != "dropped"]) == held
    assert told.index[told == "dropped"].tolist() == [
        ("human_capital", "SDG_5.b.1"), ("human_capital", "SDG_4.4.1"), ("participation", "SDG_16.10.2"),
    ]  # fmt: skip


def test_the_rules_are_told_in_both_languages(wh: Warehouse) -> None:
    english, spanish = edition.texts(), edition.texts("es")
    assert set(edition.RULES) < set(english) == set(spanish)
    with pytest.raises(RequestError, match="language 'pt'"):
        edition.texts("pt")
    with pytest.raises(RequestError, match="group"):
        edition.distribution("ATLANTIS", wh.tables)


def test_the_part_of_the_gci_is_counted_country_by_country(wh: Warehouse) -> None:
    found = edition.gci_part(wh.tables).set_index("kpi")
    values = wh.sql(
        "select kpi, ref_area, obs_value from kpi_value join area using (ref_area) where un_member "
        "and kpi in ('GCI_ORG', 'GCI_ORG_2020')"
    )
    old, new = (dict(values[values["kpi"] == k][["ref_area", "obs_value"]].values) for k in
                ("GCI_ORG_2020", "GCI_ORG"))  # fmt: skip
    both = [area for area in old if area in new]
    passed = [sum(new[a] >= b for b in (4, 11, 17)) - sum(old[a] >= b for b in (4, 11, 17)) for a in both]
    row = found.loc["GCI_ORG"]
    assert row[["n", "n_higher", "n_lower"]].tolist() == [
        len(both), sum(p > 0 for p in passed), sum(p < 0 for p in passed),
    ]  # fmt: skip
    assert 0 < row["stages_lower"] < row["stages_higher"] < row["n_higher"]
    assert found.loc["GCI_LEGAL", ["stages_higher", "stages_lower"]].isna().all()  # its bars changed as well


def test_without_pillars_there_is_no_part(tiny: Warehouse) -> None:
    assert edition.gci_part(tiny.tables).empty
