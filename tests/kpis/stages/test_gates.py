"""The gates come from the methodology's table, and a wrong table is refused with file and place."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpis import stages
from kpis.catalogue import Catalogue
from kpis.errors import DataError

HEADER = "dimension,stage,indicator,operator,threshold,unit,rationale,source_url\n"
GOOD = [
    f"services,{stage},OSI,>=,{bar},index,Working,u"
    for stage, bar in zip(stages.STAGES, (0, 1, 2, 3), strict=True)
]


def test_every_gate_is_a_kpi_of_the_catalogue(catalogue: Catalogue) -> None:
    gates = stages.load_gates()
    assert len(gates) == 25
    assert set(gates["kpi"]) <= set(catalogue.kpis)
    assert set(gates["dimension"]) == set(catalogue.dimensions) - {"overall"}
    assert all(catalogue.kpis[kpi].better == "higher" for kpi in gates["kpi"])


def test_the_map_holds_no_code_that_is_not_used() -> None:
    text = (Path(__file__).parents[3] / "data" / "methodology" / "maturity_model.csv").read_text(
        encoding="utf-8"
    )
    assert all(f",{code}," in text for code in stages.KPI_OF)


def test_windows_and_bases() -> None:
    gates = stages.load_gates().set_index("kpi")
    assert gates.loc["SDG_4.4.1", "window"] == gates.loc["SDG_16.6.2", "window"] == 8
    assert gates["window"].drop(["SDG_4.4.1", "SDG_16.6.2"]).eq(5).all()
    assert gates.loc["OSI", "basis"] == "published"
    assert gates.loc["SDG_8.10.2", "basis"] == "working"
    assert not gates.loc["UNCTAD_CYBERLAW", "scaled"]


def write(folder: Path, rows: list[str]) -> Path:
    path = folder / "model.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_a_table_of_ones_own(tmp_path: Path) -> None:
    gates = stages.load_gates(write(tmp_path, GOOD), limits={"OSI": 3.0})
    assert gates[["kpi", "base", "connected", "limit"]].values.tolist() == [["OSI", 0, 3, 3]]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (GOOD[:3], "needs one row for each of"),
        ([*GOOD, GOOD[0]], "occurs twice"),
        ([GOOD[0].replace(">=", "<="), *GOOD[1:]], "operator must be '>='"),
        ([GOOD[0].replace(",0,", ",much,"), *GOOD[1:]], "is no number"),
        ([GOOD[0].replace(",0,", ",9,"), *GOOD[1:]], "thresholds fall"),
    ],
)
def test_a_wrong_table_is_refused(tmp_path: Path, rows: list[str], message: str) -> None:
    with pytest.raises(DataError, match=message):
        stages.load_gates(write(tmp_path, rows))
