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
from kpis.paths import data_dir
from kpis.queries import Warehouse
from kpis.sources.csvio import read_rows
from kpis.stages import readers
from kpis.warehouse import Store
from tests.kpis.stages.examples import plain_levels, plain_stage

COUNTS = ("n_un_members", "pass_un_members", "n_ldc", "pass_ldc", "n_sids", "pass_sids")

# Why the counts under the gates' own window (five years, eight for 4.4.1) differ from the published ones.
EXPLAINED = {
    "GTMI_GTEI": "Nicaragua is not in the 2025 edition; its value of 2022 is still recent enough.",
    "GTMI_PSDI": "Nicaragua is not in the 2025 edition; its value of 2022 is still recent enough.",
    "GTMI_DCEI": "Nicaragua is not in the 2025 edition; its value of 2022 is still recent enough.",
    "GTMI_CGSI": "Nicaragua is not in the 2025 edition; its value of 2022 is still recent enough.",
    "SDG_17.8.1": "Values of 2019 count in the table and are six years old in 2025.",
    "SDG_5.b.1": "The last values are of 2018: none is recent enough in 2025.",
    "SDG_4.4.1": "Values of 2016 count in the table and are nine years old in 2025.",
    "SDG_16.9.1": "Values of 2015 to 2019 count in the table and are too old in 2025.",
    "SDG_8.10.2": "Values of 2017 count in the table and are eight years old in 2025.",
}


@pytest.fixture(scope="module")
def store(wh: Warehouse) -> Store:
    return wh._store


@pytest.fixture(scope="module")
def reach_rows() -> dict[tuple[str, str], dict[str, Any]]:
    rows = read_rows(data_dir() / "methodology" / "threshold_reach.csv")
    return {(stages.KPI_OF.get(r["indicator"], r["indicator"]), r["stage"]): r for r in rows}


def counts(reach: pd.DataFrame) -> dict[tuple[str, str], list[int]]:
    return {(r["kpi"], r["stage"]): [int(r[c]) for c in COUNTS] for r in reach.to_dict("records")}


def test_the_published_reach_of_every_bar_is_reproduced(
    store: Store, reach_rows: dict[tuple[str, str], dict[str, Any]]
) -> None:
    windows = {kpi: 2025 - int(row["first_year"]) for (kpi, _), row in reach_rows.items()}
    reach = stages.reach(2025, windows=windows, store=store)
    ours = counts(reach)
    assert len(reach_rows) == 54
    for key, row in reach_rows.items():
        assert ours[key] == [int(row[c]) for c in COUNTS], key
    years = reach.set_index(["kpi", "stage"])
    assert all(years.loc[key, "first_year"] == int(row["first_year"]) for key, row in reach_rows.items())
    assert all(years.loc[key, "last_year"] == int(row["last_year"]) for key, row in reach_rows.items())


def test_every_difference_under_the_gates_own_window_is_explained(
    store: Store, reach_rows: dict[tuple[str, str], dict[str, Any]]
) -> None:
    ours = counts(stages.reach(2025, store=store))
    differ = {key[0] for key, row in reach_rows.items() if ours[key] != [int(row[c]) for c in COUNTS]}
    assert differ == set(EXPLAINED)
    nicaragua = stages.profile("NIC", 2025, store).gates.set_index("kpi")
    assert nicaragua.loc["GTMI_PSDI", "time_period"] == 2022


def test_the_whole_table(store: Store) -> None:
    table = stages.table(store)
    assert table["dimension"].nunique() == 7
    assert table["ref_area"].nunique() == 193
    assert len(table) == 7 * 193 * (2025 - 2003 + 1)
    assert not table.duplicated(["dimension", "ref_area", "time_period"]).any()
    assert "NAM" in set(table["ref_area"])


def test_laws_hold_on_every_row(store: Store) -> None:
    table = stages.table(store)
    known = table[table["stage"].notna()]
    assert (known["stage_all"] <= known["stage"]).all()
    assert (known["stage_all"] <= known["stage_mean"]).all()
    assert (known["n_with_data"] >= 2).all()
    assert (known["n_with_data"] + known["without_data"].str.len() == known["n_required"]).all()
    below_top = known[known["stage"] < 3]
    assert (below_top["unlock"].str.len() >= 1).all()
    assert (below_top["distance_max"] > 0).all()
    assert (
        below_top["unlock_effort"] <= below_top["distance_mean"] * below_top["blocking"].str.len() + 1e-9
    ).all()
    assert known["probability"].between(0, 1).all()
    unknown = table[table["stage"].isna()]
    assert (unknown["n_with_data"] < 2).all()
    assert unknown[["stage_all", "stage_mean", "confidence", "probability"]].isna().all(axis=None)


def test_against_plain_rules_on_the_real_figures(store: Store) -> None:
    values, gates, _ = readers.inputs(store)
    table = stages.table(store).set_index(["dimension", "ref_area", "time_period"])["stage"]
    for area, year in (("COL", 2025), ("NAM", 2021), ("HTI", 2014), ("KOR", 2024), ("SSD", 2025)):
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
    profile = stages.profile("COL", 2025, store)
    assert profile.overall_stage == "transactional"
    assert profile.capped
    assert profile.bottleneck == ("legal",)
    services = profile.dimensions.set_index("dimension").loc["services"]
    assert services["stage"] == 3
    assert services["stage_all"] == 2
    gates = profile.gates.set_index(["dimension", "kpi"])
    assert len(gates) == 25
    assert gates.loc[("legal", "GCI_LEGAL"), "bar"] == 11
    assert gates.loc[("legal", "GCI_LEGAL"), "distance"] == pytest.approx((11 - 9.14) / (11 - 4), abs=1e-9)
    assert pd.isna(gates.loc[("legal", "UNCTAD_CYBERLAW"), "passes"])
    blocks = profile.gates[profile.gates["blocks"]].groupby("dimension")["kpi"].apply(list)
    listed = profile.dimensions.set_index("dimension")["blocking"]
    assert all(blocks.get(dimension, []) == kpis for dimension, kpis in listed.items())
    assert profile.dimensions[[f"chance_{s}" for s in range(4)]].sum(axis=1).to_numpy() == pytest.approx(1)


def test_the_profile_as_json(store: Store) -> None:
    plain = json.loads(json.dumps(stages.profile("GRD", store=store).to_dict(), allow_nan=False))
    legal = next(row for row in plain["dimensions"] if row["dimension"] == "legal")
    assert legal["stage"] is None
    assert legal["without_data"]
    assert plain["overall"]["stage"] in stages.STAGES
    assert {row["stage"] for row in plain["dimensions"]} <= {*stages.STAGES, None}


def test_history_and_matrix_agree_with_the_table(store: Store) -> None:
    history = stages.history("URY", store)
    assert len(history) == 7 * 23
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
    same = movers[movers["n_same"] < 2]
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
    assert stages.table(tiny._store)["stage"].isna().all()
    assert stages.profile("COL", store=tiny._store).overall is None


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda s: stages.profile("col", store=s), "Did you mean 'COL'"),
        (lambda s: stages.profile("HKG", store=s), "UN Member State 'HKG' is not known"),
        (lambda s: stages.profile("COL", 1999, s), "Allowed: 2003 to 2025"),
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
    cards = {card.name: card for card in stages.METHODS}
    assert {"stage", "stage_all", "stage_mean", "probability", "probability_revisions"} <= set(cards)
    assert cards["stage"].status == "read"
    assert cards["probability_revisions"].status == "working"
