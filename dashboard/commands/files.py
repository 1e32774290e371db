"""Files that commands write: put in place in one step, and never over what somebody else wrote."""

from __future__ import annotations

import os
import sys
import tempfile
import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from dashboard.paths import SIGN
from kpis.errors import RequestError
from kpis.workspace.backup import FORMAT, MANIFEST

MARKS = (SIGN.encode(), FORMAT.encode())  # of documents, of backups
NEAR_THE_ENDS = 65536  # bytes at either end in which it stands
STANDARD = "-"  # the name of standard output


def put(content: bytes, out: Path, *, force: bool = False, private: bool = False) -> None:
    """Writes a file to a temporary name beside its place and renames it; "-" is standard output.

    private: for its owner alone, else for whom the machine lets read new files. Raises RequestError where the
    folder is missing or cannot be written, where the place is a folder, a device or a link to nothing, and
    where it holds a file that Escala has not written, unless `force`.
    """
    if str(out) == STANDARD:
        sys.stdout.buffer.write(content)
        return
    check(out, force=force)
    out = out.resolve()  # what a link leads to is replaced, and the link stays
    try:
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=".escala.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            if not private:  # as it was made
                os.chmod(name, 0o666 & ~_mask())
            os.replace(name, out)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except PermissionError as fault:
        raise RequestError(
            f"--out: {out} cannot be written: {fault.strerror}. Choose another place."
        ) from None


def check(out: Path, *, force: bool = False) -> None:
    """Whether a file may be put there, before work is done for it; raises as `put` does."""
    if str(out) == STANDARD:
        return
    if out.is_dir():
        raise RequestError(f"--out: {out} is a folder. Name a file in it.")
    try:
        folder = Path(os.path.realpath(out, strict=out.is_symlink())).parent  # resolve() knows two errors
    except OSError:  # a link in a circle, or to nothing
        raise RequestError(f"--out: {out} is a link that leads to no file. Choose another name.") from None
    if not folder.is_dir():
        raise RequestError(
            f"--out: the folder {out.parent} does not exist. Make it, or choose another place."
        )
    if out.exists() and not out.is_file():  # reading it might wait for ever, and a device would be replaced
        raise RequestError(
            f"--out: {out} is no ordinary file. Name a file, or {STANDARD} for standard output."
        )
    if out.exists() and not force and not is_ours(out):
        raise RequestError(
            f"--out: {out} exists and was not written by Escala. Choose another name, or overwrite it with "
            "--force."
        )


def is_ours(path: Path) -> bool:
    """Whether a file is empty or carries the mark of this app; an office file in what it says of itself.

    Raises RequestError for a file that cannot be read.
    """
    try:
        with ZipFile(path) as parts:
            about = [name for name in parts.namelist() if name.startswith("docProps/") or name == MANIFEST]
            return any(mark in _head(parts, name) for name in about for mark in MARKS)
    except BadZipFile:
        pass
    except (RuntimeError, NotImplementedError, zlib.error):  # locked, or packed in another way
        return False
    except OSError as fault:  # it cannot be read, as a file of another person
        raise RequestError(
            f"--out: {path} is there and cannot be read: {fault.strerror}. Choose another name, or --force."
        ) from None
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(NEAR_THE_ENDS)
        file.seek(max(0, size - NEAR_THE_ENDS))
        tail = file.read()
        return size == 0 or any(mark in head or mark in tail for mark in MARKS)


def _head(parts: ZipFile, name: str) -> bytes:
    """The beginning of a part, which however packed may be of any size."""
    with parts.open(name) as part:
        return part.read(NEAR_THE_ENDS)


def _mask() -> int:
    """The bits that new files do not get; asking for it means setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
