"""Stages of the real warehouse: published counts, agreement with the plain rules, and bad requests."""

from __future__ import annotations

import json
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from kpis import stages
from kpis.errors import RequestError
from kpis.queries import Warehouse
from kpis.stages import readers
from kpis.warehouse import Store
from tests.kpis.stages.examples import plain_levels, plain_stage


@pytest.fixture(scope="module")
def store(wh: Warehouse) -> Store:
    return wh.tables


def test_the_whole_table(store: Store) -> None:
    table = stages.table(store)
    assert table["dimension"].nunique() == 7
    assert table["ref_area"].nunique() == 193
    assert len(table) == 7 * 193 * (store.as_of - 2003 + 1)
    assert not table.duplicated(["dimension", "ref_area", "time_period"]).any()
    assert "NAM" in set(table["ref_area"])


def test_what_is_stored_is_what_is_computed(store: Store) -> None:
    """Readers take the stored table, profiles and plans open the computed one: the same stages."""
    order = ["ref_area", "time_period", "dimension"]
    for stored, computed in (
        (stages.table(store), readers.computed(store).table()),
        (stages.overall_table(store), readers.computed(store).overall()),
    ):
        keys = [name for name in order if name in stored]
        for name in computed:
            ours, theirs = (rows.sort_values(keys)[name].tolist() for rows in (stored, computed))
            if isinstance(theirs[0], list):
                assert [list(kpis) for kpis in ours] == theirs, name
            else:
                pd.testing.assert_series_equal(pd.Series(ours), pd.Series(theirs), check_dtype=False)


def test_laws_hold_on_every_row(store: Store) -> None:
    table = stages.table(store)
    known = table[table["stage"].notna()]
    assert (known["stage_all"] <= known["stage"]).all()
    assert (known["stage_all"] <= known["stage_mean"]).all()
    assert (known["n_with_data"] >= 3).all()
    assert (known["n_with_data"] + known["without_data"].str.len() == known["n_required"]).all()
    below_top = known[known["stage"] < 3]
    assert (below_top["unlock"].str.len() >= 1).all()
    assert (below_top["distance_max"] > 0).all()
    assert (
        below_top["unlock_effort"] <= below_top["distance_mean"] * below_top["blocking"].str.len() + 1e-9
    ).all()
    assert known["probability"].between(0, 1).all()
    unknown = table[table["stage"].isna()]
    assert (unknown["n_with_data"] < 3).all()
    assert unknown[["stage_all", "stage_mean", "confidence", "probability", "in_doubt"]].isna().all(axis=None)


def test_against_plain_rules_on_the_real_figures(store: Store) -> None:
    values, gates, _ = readers.inputs(store)
    table = stages.table(store).set_index(["dimension", "ref_area", "time_period"])["stage"]
    for area, year in (("COL", 2026), ("NAM", 2023), ("HTI", 2024), ("KOR", 2025), ("PLW", 2026)):
        own = values[
            (values["ref_area"] == area) & (values["time_period"] <= year) & (values["obs_status"] != "U")
        ]
        for dimension, part in gates.groupby("dimension"):
            latest = {}
            for gate in part.to_dict("records"):
                rows = own[(own["kpi"] == gate["kpi"]) & (own["time_period"] >= year - gate["window"])]
                if len(rows):
                    latest[gate["kpi"]] = rows.sort_values("time_period")["obs_value"].iloc[-1]
            expected = plain_stage(plain_levels(latest, part))
            found = table[dimension, area, year]
            assert (None if pd.isna(found) else found) == expected, (dimension, area, year)


def test_access_to_information_is_never_read_as_a_no(store: Store) -> None:
    found = readers.computed(store)
    column = found.gates["kpi"].eq("SDG_16.10.2").to_numpy()
    held = found.panel.value[:, :, column]
    assert set(np.unique(held[~np.isnan(held)])) == {1.0}


def test_profile_of_colombia(store: Store) -> None:
    profile = stages.profile("COL", 2026, store)
    rows = profile.dimensions.set_index("dimension")
    assert rows.loc["legal", ["stage", "stage_all", "n_with_data"]].tolist() == [
        3,
        1,
        7,
    ]  # six of seven at the top
    assert rows.at["legal", "confidence"] == "medium"  # answers of 2022 are four years old
    gates = profile.gates.set_index(["dimension", "kpi"])
    assert len(gates) == 33
    gci = gates.loc[("legal", "GCI_LEGAL")]
    assert gci[["bar", "time_period"]].tolist() == [19, 2024]
    assert gci["distance"] == pytest.approx((19 - gci["value"]) / (19 - 17), abs=1e-9)
    assert pd.isna(gates.loc[("services", "SDG_16.9.1"), "passes"])
    assert gates.loc[("services", "GTMI_I12"), ["role", "next_expected"]].tolist() == ["core", 2027]
    blocks = profile.gates[profile.gates["blocks"]].groupby("dimension")["kpi"].apply(list)
    listed = profile.dimensions.set_index("dimension")["blocking"]
    assert len(listed) == 7
    assert all(blocks.get(dimension, []) == kpis for dimension, kpis in listed.items())
    assert profile.dimensions[[f"chance_{s}" for s in range(4)]].sum(axis=1).to_numpy() == pytest.approx(1)


def test_the_profile_as_json(store: Store) -> None:
    plain = json.loads(json.dumps(stages.profile("PLW", 2026, store).to_dict(), allow_nan=False))
    rows = {row["dimension"]: row for row in plain["dimensions"]}
    assert rows["institutional"]["stage"] is rows["institutional"]["in_doubt"] is None
    assert rows["institutional"]["without_data"] == ["GCI_ORG"]  # two of three gates have data
    assert plain["overall"]["stage"] in stages.STAGES
    assert {row["stage"] for row in plain["dimensions"]} <= {*stages.STAGES, None}


def test_history_and_matrix_agree_with_the_table(store: Store) -> None:
    history = stages.history("URY", store)
    assert len(history) == 7 * (store.as_of - 2003 + 1)
    matrix = stages.matrix("WORLD", 2020, store)
    assert matrix.shape == (193, 8)
    rows = history[history["time_period"] == 2020].set_index("dimension")["stage"]
    assert matrix.loc["URY"].drop("overall").to_dict() == rows.to_dict()
    assert len(stages.matrix("CARIBBEAN_SIDS", store=store)) == 16
    whole = stages.overall_table(store)
    assert matrix["overall"].tolist() == whole.loc[whole["time_period"] == 2020, "stage"].tolist()


def test_movers_tell_a_rise_from_another_kpi_having_data(store: Store) -> None:
    movers = stages.movers(2019, 2025, store)
    assert (movers["change"] == movers["stage_to"] - movers["stage_from"]).all()
    same = movers[movers["n_same"] < 3]
    assert same["change_same_kpis"].isna().all()
    confirmed = movers["change_same_kpis"].fillna(0) == movers["change"]
    assert 0 < confirmed.sum() < len(movers)


def test_raising_working_bars_lifts_nobody(store: Store) -> None:
    up, down = stages.moved_bars(0.1, store=store), stages.moved_bars(-0.1, store=store)
    assert up["n_up"].sum() == 0
    assert down["n_down"].sum() == 0
    assert up["n_down"].sum() > 0
    assert stages.moved_bars(0.0, basis="all", store=store)[["n_up", "n_down"]].to_numpy().sum() == 0


def test_the_table_goes_into_the_engine(store: Store) -> None:
    con = duckdb.connect()
    con.register("rows", stages.table(store))
    con.execute("create table stage as select * from rows")
    kinds = dict(con.execute("select column_name, data_type from information_schema.columns").fetchall())
    assert kinds["blocking"] == "VARCHAR[]"
    assert kinds["stage"] == "TINYINT"


def test_an_empty_warehouse_assesses_nobody(tiny: Warehouse) -> None:
    assert stages.table(tiny.tables)["stage"].isna().all()
    assert stages.profile("COL", store=tiny.tables).overall is None


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda s: stages.profile("cola", store=s), "is not known"),
        (lambda s: stages.profile("HKG", store=s), r"\(HKG\) is not a UN Member State"),
        (lambda s: stages.profile("COL", 1999, s), "Allowed: 2003 to 20"),
        (lambda s: stages.matrix("SIDZ", store=s), "Did you mean 'SIDS'"),
        (lambda s: stages.movers(2024, 2024, s), "must lie before"),
        (lambda s: stages.moved_bars(0.1, basis="workin", store=s), "Did you mean 'working'"),
        (lambda s: stages.history("XXX", s), "is not known"),
    ],
)
def test_bad_requests_are_explained(store: Store, call: Any, message: str) -> None:
    with pytest.raises(RequestError, match=message):
        call(store)


def test_cards_say_what_is_confirmed() -> None:
    cards = {card.id: card for card in stages.METHODS}
    assert {"stage", "stage_all", "stage_mean", "probability", "probability_revisions"} <= set(cards)
    assert cards["stage"].status == "read"
    assert cards["probability_revisions"].status == "working"


def test_a_country_is_named_by_code_or_name(store: Store) -> None:
    own = stages.profile("TUR", store=store).to_dict()
    for said in ("tur", "Turkey", "Turquía", "TR"):
        assert stages.profile(said, store=store).to_dict() == own
    assert own["area"] == "TUR"
