"""The gates come from the methodology's table, and a wrong table is refused with file and place."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpis import stages
from kpis.catalogue import Catalogue
from kpis.errors import DataError
from kpis.queries import Warehouse
from kpis.stages import readers

HEADER = (
    "dimension,stage,kpi,operator,threshold,unit,kind,role,scaled,edition_open,last_edition,next_expected,"
    "rationale,source_url\n"
)
GOOD = [
    f"services,{stage},OSI,>=,{bar},index,working threshold,core,true,true,2024,2026,Working,u"
    for stage, bar in zip(stages.STAGES, (0, 1, 2, 3), strict=True)
]


def test_every_gate_is_a_kpi_of_the_catalogue(catalogue: Catalogue) -> None:
    gates = stages.load_gates()
    assert len(gates) == 33
    assert set(gates["kpi"]) <= set(catalogue.kpis)
    assert set(gates["dimension"]) == set(catalogue.dimensions) - {"overall"}
    assert all(catalogue.kpis[kpi].better == "higher" for kpi in gates["kpi"])


def test_the_window_of_a_gate_is_the_limit_of_its_kpi(wh: Warehouse, catalogue: Catalogue) -> None:
    gates = readers.inputs(wh.tables)[1]
    assert gates["window"].tolist() == [catalogue.kpis[kpi].fresh_years for kpi in gates["kpi"]]
    assert gates.loc[gates["window"] > 5, "kpi"].tolist() == ["SDG_16.9.1"]
    assert stages.load_gates()["window"].isna().all()  # the table itself says nothing of ages
    path = Path(__file__).parents[3] / "data" / "methodology" / "maturity_model.csv"
    assert "max_age_years" not in path.read_text(encoding="utf-8")


def test_kinds_roles_and_what_moves_by_a_percentage() -> None:
    gates = stages.load_gates().set_index(["dimension", "kpi"])
    assert gates.loc[("services", "OSI"), "basis"] == "published"
    assert gates.loc[("services", "SDG_8.10.2"), ["basis", "role"]].tolist() == ["working", "supplement"]
    still = {kpi for (_, kpi), scaled in gates["scaled"].items() if not scaled}
    answers = {f"GTMI_I{n}" for n in (12, 34, 37, 38, 39, 42, 45)}
    assert still == answers | {"UNCTAD_CYBERLAW", "SDG_16.10.2", "GPI_17.8.1"}
    assert gates.loc[("services", "GTMI_I12"), ["last_edition", "next_expected"]].tolist() == [2025, 2027]
    assert gates["next_expected"].isna().sum() == 5  # the three of the GCI, cyberlaws, birth registration
    assert gates["rationale"].str.startswith("Published").eq(gates["basis"].eq("published")).all()


def test_no_gate_rests_on_the_edition_of_the_gci_that_is_closed(catalogue: Catalogue) -> None:
    series = {catalogue.kpis[kpi].series for kpi in stages.load_gates()["kpi"]}
    assert {"GCI24.LEGAL", "GCI24.ORGANISATIONAL"} <= series
    assert not {"GCI.LEGAL", "GCI.ORGANISATIONAL", "GCI.TECHNICAL"} & series


def write(folder: Path, rows: list[str]) -> Path:
    path = folder / "model.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_a_table_of_ones_own(tmp_path: Path) -> None:
    gates = stages.load_gates(write(tmp_path, GOOD), limits={"OSI": 3.0}, windows={"OSI": 4})
    assert gates[["kpi", "base", "connected", "limit", "window"]].values.tolist() == [["OSI", 0, 3, 3, 4]]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (GOOD[:3], "needs one row for each of"),
        ([*GOOD, GOOD[0]], "occurs twice"),
        ([row.replace(">=", "<=") for row in GOOD], "operator must be '>='"),
        *(
            ([GOOD[0].replace(",0,", f",{cell},"), *GOOD[1:]], f"threshold '{cell}' is no number")
            for cell in ("much", "nan", "inf", "1_0", " 0", "")
        ),
        ([GOOD[0].replace(",0,", ",9,"), *GOOD[1:]], "thresholds fall"),
        ([row.replace(",true,true,", ",true,false,") for row in GOOD], "edition is closed"),
        ([GOOD[0].replace(",true,true,", ",true,false,"), *GOOD[1:]], "edition_open differs"),
        ([row.replace(",core,", ",cor,") for row in GOOD], "role 'cor' is not known. Did you mean 'core'"),
        ([row.replace("working threshold", "guess") for row in GOOD], "kind 'guess' is not known"),
        ([row.replace(",true,true,", ",yes,true,") for row in GOOD], "scaled 'yes' is not known"),
        ([row.replace(",2026,", ",soon,") for row in GOOD], "'soon' is no year"),
    ],
)
def test_a_wrong_table_is_refused(tmp_path: Path, rows: list[str], message: str) -> None:
    with pytest.raises(DataError, match=message):
        stages.load_gates(write(tmp_path, rows))
