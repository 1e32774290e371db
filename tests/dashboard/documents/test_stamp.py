"""The mark by which files of ours are known again, in every format."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.documents import stamp
from dashboard.documents.forms import MEDIA, WRITERS
from tests.dashboard.documents.sample import sample


@pytest.mark.parametrize("form", WRITERS)
def test_each_format_carries_the_mark(form: str, tmp_path: Path) -> None:
    file = tmp_path / f"a.{form}"
    file.write_bytes(WRITERS[form](sample()))
    assert stamp.of_file(file) == stamp.written("abc123", "es", "escala_sample")
    assert form in MEDIA


@pytest.mark.parametrize("form", ["pdf", "pptx", "xlsx"])
def test_half_a_file_has_none(form: str, tmp_path: Path) -> None:
    file = tmp_path / f"a.{form}"
    whole = WRITERS[form](sample())
    file.write_bytes(whole[: len(whole) // 2])
    assert stamp.of_file(file) is None


def test_what_is_not_there_or_not_ours_has_none(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("notes of somebody", encoding="utf-8")
    assert stamp.of_file(other) is None
    assert stamp.of_file(tmp_path / "none.pdf") is None
