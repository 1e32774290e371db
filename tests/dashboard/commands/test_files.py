"""Files of commands: in place in one step, and nobody else's overwritten."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from dashboard.commands import files
from kpis.errors import RequestError

OURS = b"<svg><metadata>escala-document</metadata></svg>"


def test_a_file_is_put_and_put_again(tmp_path: Path) -> None:
    out = tmp_path / "a.svg"
    for content in (OURS, OURS * 2):
        files.put(content, out)
        assert out.read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ["a.svg"]


def test_a_file_of_another_program_stays_unless_forced(tmp_path: Path) -> None:
    out = tmp_path / "a.svg"
    out.write_bytes(b"mine")
    with pytest.raises(RequestError, match="--force"):
        files.put(OURS, out)
    assert out.read_bytes() == b"mine"
    files.put(OURS, out, force=True)
    assert out.read_bytes() == OURS


def test_an_office_file_is_ours_by_what_it_says_of_itself(tmp_path: Path) -> None:
    out = tmp_path / "a.docx"
    for said, is_ours in (
        (b"<keywords>escala-document</keywords>", True),
        (b"<creator>Escala</creator>", False),
    ):
        with ZipFile(out, "w") as parts:
            parts.writestr("word/document.xml", b"Escala")
            parts.writestr("docProps/core.xml", said)
        assert files.is_ours(out) is is_ours


def test_the_mark_is_found_at_either_end_of_a_long_file(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    for content, is_ours in (
        (b"x" * 300_000 + b"escala-document", True),
        (b"x" * 300_000, False),
        (b"", True),
    ):
        out.write_bytes(content)
        assert files.is_ours(out) is is_ours


@pytest.mark.parametrize(("place", "words"), [("", "is a folder"), ("none/a.svg", "does not exist")])
def test_a_place_that_is_none_is_refused(tmp_path: Path, place: str, words: str) -> None:
    with pytest.raises(RequestError, match=words):
        files.check(tmp_path / place)
