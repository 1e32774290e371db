"""Attaches a DuckDB file for reading; one that another program writes is waited for, then named as locked."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import duckdb

from kpis.errors import EngineError

PATIENCE = 2.0  # seconds: a program that only writes something down is done by then
PAUSE = 0.1
IN_USE = re.compile(
    r"could not set lock on file|being used by another process|already attached", re.IGNORECASE
)
HOLDER = re.compile(r"\(PID (\d+)\)")


class LockedError(EngineError):
    """Another program has the file open for writing."""


def attach(con: duckdb.DuckDBPyConnection, path: Path, alias: str) -> None:
    """Attach the file at `path` read-only as `alias`.

    Raises LockedError if another program still has it open for writing after `PATIENCE` seconds, duckdb.Error
    for anything else.
    """
    # a whole path: DuckDB takes `~` and names such as `md:x` for something else
    quoted = os.path.abspath(path).replace("'", "''")
    end = time.monotonic() + PATIENCE
    while True:
        try:
            con.execute(f"attach '{quoted}' as {alias} (read_only)")
            return
        except duckdb.Error as error:
            if not IN_USE.search(str(error)):
                raise
            if time.monotonic() >= end:
                raise LockedError(_locked(path, str(error))) from None
        time.sleep(PAUSE)


def _locked(path: Path, message: str) -> str:
    holder = HOLDER.search(message)
    is_own_connection = (
        "already attached" in message.casefold()
    )  # by a connection of this process, which DuckDB does not lock
    pid = str(os.getpid()) if is_own_connection else holder.group(1) if holder else ""
    return f"{path}: is open in another program{f' (PID {pid})' if pid else ''}; close it there."
