"""Kills at work on a workspace, in SQLite and PostgreSQL: of a process, and of the app that serves pages."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from tests.conftest import ROOT
from tests.postgres import real_postgres
from tests.soak import served_kills
from tests.soak.figures import built

KILLS = 30


def killed(place: str, folder: Path) -> bool:
    """Whether nothing was lost; prints what was found."""
    command = [sys.executable, "-m", "tests.kpis.workspace.killing", place, str(folder), str(KILLS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    print(f"  {(done.stdout + done.stderr).strip()[-400:]}", flush=True)
    return done.returncode == 0


def served(place: str, warehouse: Path) -> bool:
    """The same of the app."""
    try:
        print(f"  {served_kills.killed(place, warehouse)}", flush=True)
    except AssertionError as fault:
        print(f"  {fault}", flush=True)
        return False
    return True


def main() -> int:
    """How many trials lost something."""
    lost = 0
    with tempfile.TemporaryDirectory() as name, real_postgres() as url:
        folder = Path(name)
        warehouse = built(folder)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("create database served")
        places = {
            "SQLite": (str(folder / "w.sqlite"), str(folder / "served.sqlite")),
            "PostgreSQL": (url, url.replace("/postgres?", "/served?")),
        }
        for kind, (place, of_app) in places.items():
            print(kind, flush=True)
            lost += not killed(place, folder / kind)
            lost += not served(of_app, warehouse)
    return lost


if __name__ == "__main__":
    sys.exit(main())
