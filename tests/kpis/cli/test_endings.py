"""The form of a file by its name, one rule for every command."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import pytest

from kpis.cli.endings import form_of
from kpis.errors import RequestError


class Form(StrEnum):
    """Two forms."""

    md = "md"
    pdf = "pdf"


@pytest.mark.parametrize("name", ["a.pdf", "a.PDF", "folder.md/a.b.pdf"])
def test_the_ending_says_the_form(name: str) -> None:
    assert form_of(Path(name), Form, Form.md) is Form.pdf


@pytest.mark.parametrize("name", ["plan", "-", "a.b/plan", ".pdf"])
def test_without_an_ending_it_is_the_usual_one(name: str) -> None:
    assert form_of(Path(name), Form, Form.md) is Form.md


def test_a_folder_has_no_ending(tmp_path: Path) -> None:
    folder = tmp_path / "briefs.2026"
    folder.mkdir()
    assert form_of(folder, Form, Form.pdf) is Form.pdf


def test_another_ending_is_told_with_those_allowed_and_no_sign_that_acts_on_a_terminal() -> None:
    with pytest.raises(RequestError, match=r"says no format. Allowed: \.md, \.pdf") as fault:
        form_of(Path("a.\x1b[31mdoc"), Form, Form.md)
    assert "\x1b" not in str(fault.value)
    with pytest.raises(RequestError):
        form_of(Path("no_ending"), Form)
