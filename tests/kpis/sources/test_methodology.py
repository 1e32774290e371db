"""The methodology's tables on their way in."""

from __future__ import annotations

from pathlib import Path

from kpis.sources.csvio import read_rows
from kpis.sources.methodology import import_methodology

HEADER = "dimension,from_stage,to_stage,action,typical_duration,example_case_ids,source_url\n"


def test_actions_are_numbered_within_their_step_and_nothing_else_changes(tmp_path: Path) -> None:
    source, target = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    line = "human_capital,emerging,enhanced,{},6 months,a-case,http://x\n"
    (source / "actions.csv").write_text(HEADER + line.format("Train") + line.format("Pay"))
    (source / "other.csv").write_text("a,b\n1,NA\n")
    assert import_methodology(source, target) == 2
    rows = read_rows(target / "actions.csv", required=("action_id",))
    assert [row["action_id"] for row in rows] == ["human-capital-enhanced-1", "human-capital-enhanced-2"]
    assert [row["action"] for row in rows] == ["Train", "Pay"]
    assert (target / "other.csv").read_bytes() == (source / "other.csv").read_bytes()
