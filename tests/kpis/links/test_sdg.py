"""Links of KPIs to SDG targets: counts by hand, the order of targets, the methodology's table."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from kpis.errors import DataError
from kpis.links import sdg as linkage
from kpis.paths import data_dir
from kpis.queries import Warehouse

LINKS = pd.DataFrame(
    {
        "kpi": ["A", "A", "B", "B"],
        "target": ["16.10", "16.9", "16.9", "1.4"],
        "goal": [16, 16, 16, 1],
        "evidence": ["direct", "direct", "direct", "enabling"],
    }
)


def test_counts_by_hand_and_goals_without_a_link_are_zero() -> None:
    table = linkage.by_goal(LINKS).set_index(["goal", "evidence"])
    assert len(table) == 17 * 3
    assert table.loc[(16, "direct"), ["n_kpis", "n_targets"]].tolist() == [2, 2]
    assert table.loc[(16, "direct"), "targets"] == ("16.9", "16.10")
    assert table.loc[(1, "enabling"), "n_kpis"] == 1
    assert table.loc[(2, "measured"), "n_kpis"] == 0
    assert table.loc[(2, "measured"), "targets"] == ()


def test_counts_agree_with_the_catalogue(wh: Warehouse) -> None:
    links = wh.sdg_links()
    table = linkage.by_goal(links)
    counted = links.drop_duplicates(["goal", "evidence", "kpi"])
    assert table["n_kpis"].sum() == len(counted)
    assert set(links["evidence"]) <= set(linkage.EVIDENCE)


def test_every_mechanism_names_a_known_kpi_or_a_field_and_has_a_source(wh: Warehouse) -> None:
    known = set(wh.kpis()["kpi"])
    for lang in ("en", "es"):
        table = linkage.mechanisms(lang)
        assert table["own"].all()
        assert set(table["kpi"]) - {""} <= known
        assert table["source_url"].str.startswith("http").all()
        assert (table["goal"] == table["target"].str.split(".").str[0].astype(int)).all()
    english, spanish = linkage.mechanisms("en"), linkage.mechanisms("es")
    assert english["component"].tolist() == spanish["component"].tolist()
    assert (english["mechanism"] != spanish["mechanism"]).all()


def test_measured_links_of_the_methodology_are_measured_in_the_catalogue(wh: Warehouse) -> None:
    links = wh.sdg_links()
    measured = set(links.loc[links["evidence"] == "measured", "kpi"])
    table = linkage.mechanisms()
    assert set(table.loc[table["evidence"] == "measured", "kpi"]) <= measured


def test_an_unknown_kind_of_evidence_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(data_dir(), tmp_path / "data", ignore=shutil.ignore_patterns("observations", "geo"))
    table = tmp_path / "data" / "methodology" / "sdg_linkage.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",direct,", ",causal,"), encoding="utf-8")
    monkeypatch.setenv("ESCALA_DATA", str(tmp_path / "data"))
    with pytest.raises(DataError, match="causal"):
        linkage.mechanisms("en")
