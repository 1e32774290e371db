"""`escala plan` with the formats that the dashboard lends: documents, and any form as a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kpis.cli import planning
from tests.kpis.cli.test_cli import escala

pytestmark = pytest.mark.usefixtures("home")

GOAL = ("plan", "--area", "COL", "--stage", "connected", "--by", "2030", "--lang", "es")
BEGINS = {"pdf": b"%PDF-1.7", "docx": b"PK", "html": b"<!doctype html>", "md": b"# Colombia: plan para",
          "csv": b"kind,", "json": b"{"}  # fmt: skip


@pytest.mark.parametrize("form", BEGINS)
def test_the_ending_of_the_file_says_the_form(tmp_path: Path, form: str) -> None:
    out = tmp_path / f"plan.{form}"
    done = escala(*GOAL, "--out", str(out))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert out.read_bytes().lstrip(b"\xef\xbb\xbf").startswith(BEGINS[form])


def test_a_saved_plan_becomes_a_document(tmp_path: Path) -> None:
    saved = json.loads(escala(*GOAL, "--format", "json").stdout)["plan"]
    saved["owners"] = {"participation.connected": "MinTIC"}
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(saved), encoding="utf-8")
    out = tmp_path / "plan.html"
    done = escala("plan", "--load", str(file), "--lang", "es", "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert "MinTIC" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--format", "pdf"), "--out is missing. Name the file, such as --out plan.pdf"),
        (("--out", "/nowhere/plan.pdf"), "the folder /nowhere does not exist"),
        (("--out", "/tmp/plan.xyz"), "says no format. Allowed: .md, .csv, .json, .ics, .html, .pdf, .docx"),
    ],
)
def test_what_cannot_be_is_one_line(more: tuple[str, ...], said: str) -> None:
    done = escala(*GOAL, *more)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_file_of_somebody_else_is_kept(tmp_path: Path) -> None:
    out = tmp_path / "plan.pdf"
    out.write_text("mine", encoding="utf-8")
    done = escala(*GOAL, "--out", str(out))
    assert done.returncode == 2
    assert out.read_text(encoding="utf-8") == "mine"
    assert escala(*GOAL, "--out", str(out), "--force").returncode == 0
    assert escala(*GOAL, "--out", str(out)).returncode == 0, "what Escala wrote may be written anew"


def test_the_layer_alone_says_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "_lent", [])
    with pytest.raises(planning.RequestError, match="the KPI layer alone"):
        planning._delivery()  # noqa: SLF001 # what stands between the two layers
