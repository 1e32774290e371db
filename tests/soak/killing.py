"""Thirty kills of a process at work on a workspace, in SQLite and in PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.conftest import ROOT
from tests.postgres import real_postgres

KILLS = 30


def killed(place: str, folder: Path) -> bool:
    """Whether nothing was lost; prints what was found."""
    command = [sys.executable, "-m", "tests.kpis.workspace.killing", place, str(folder), str(KILLS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    print(f"{place.partition(':')[0][-40:]}: {(done.stdout + done.stderr).strip()[-400:]}", flush=True)
    return done.returncode == 0


def main() -> int:
    """How many databases lost something."""
    with tempfile.TemporaryDirectory() as folder, real_postgres() as url:
        places = {"file": str(Path(folder) / "workspace.sqlite"), "server": url}
        return sum(not killed(place, Path(folder) / name) for name, place in places.items())


if __name__ == "__main__":
    sys.exit(main())
