"""The wheel carries everything that `escala serve` needs; the lock names versions and no address."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.conftest import ROOT

NEEDED = [
    "kpis/_data/observations/undesa_egovkb.csv",
    "kpis/_data/reference/area.csv",
    "kpis/_data/geo/world_50m.json",
    "kpis/_data/geo/world_110m.json",
    "kpis/_data/geo/tile_grid.csv",
    "kpis/catalogue/entries/kpis/services.toml",
    "kpis/models/standing.sql",
    "kpis/models/steps/kpi_direct.sql",
    "dashboard/.streamlit/config.toml",
    "dashboard/locale/es/LC_MESSAGES/escala.po",
    "dashboard/static/escala.css",
]


def test_the_wheel_carries_data_locale_and_settings(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        entry_points = archive.read(next(n for n in names if n.endswith("entry_points.txt"))).decode()
    assert [name for name in NEEDED if name not in names] == []
    assert "escala = dashboard.command:main" in entry_points
    assert not [name for name in names if name.startswith("tests/")]


def test_the_lock_pins_every_package_and_names_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        lines = [
            line
            for line in (ROOT / name).read_text().splitlines()
            if line and not line.lstrip().startswith("#")
        ]
        assert len(lines) > 20
        assert [line for line in lines if not re.fullmatch(r"[a-z0-9._-]+==\S+( ; .*)?", line)] == []


def test_every_direct_dependency_is_in_the_lock() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    locked = set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    wanted = {re.split(r"[<>=\[]", need)[0].lower() for need in project["dependencies"]}
    assert wanted <= locked
