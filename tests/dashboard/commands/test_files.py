"""Files of commands: in place in one step, and nobody else's overwritten."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

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


def test_what_is_no_ordinary_file_is_never_read_or_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.svg"
    os.mkfifo(pipe)
    for force in (False, True):
        with pytest.raises(RequestError, match="no ordinary file.*- for standard output"):
            files.put(OURS, pipe, force=force)
    assert pipe.is_fifo()


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target, link = tmp_path / "real" / "a.svg", tmp_path / "link.svg"
    target.write_bytes(OURS)
    link.symlink_to(target)
    files.put(OURS * 2, link)
    assert link.is_symlink()
    assert target.read_bytes() == OURS * 2


@pytest.mark.parametrize("leads", ["link.svg", "nowhere/b.svg"])
def test_a_link_to_nothing_is_refused(tmp_path: Path, leads: str) -> None:
    link = tmp_path / "link.svg"
    link.symlink_to(tmp_path / leads)
    with pytest.raises(RequestError, match="leads to no file"):
        files.put(OURS, link)
    assert link.is_symlink()


def test_the_longest_name_of_a_file_can_be_written(tmp_path: Path) -> None:
    out = tmp_path / ("n" * 251 + ".svg")
    files.put(OURS, out)
    assert out.read_bytes() == OURS


def test_a_packed_file_is_unpacked_no_further_than_its_beginning(tmp_path: Path) -> None:
    out = tmp_path / "a.docx"
    with ZipFile(out, "w", ZIP_DEFLATED) as parts:
        parts.writestr("docProps/core.xml", b" " * (2 * files.NEAR_THE_ENDS) + files.MARKS[0])
    assert not files.is_ours(out)


def test_a_full_disk_leaves_what_was_there_and_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "a.svg"
    files.put(OURS, out)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        files.put(OURS * 2, out)
    assert out.read_bytes() == OURS
    assert [path.name for path in tmp_path.iterdir()] == ["a.svg"]


def test_a_file_that_cannot_be_read_is_named_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "a.svg"
    out.write_bytes(OURS)

    def unreadable(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(files, "ZipFile", unreadable)
    with pytest.raises(RequestError, match=r"cannot be read: Permission denied. .*--force"):
        files.check(out)
