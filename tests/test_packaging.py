"""The wheel carries everything that `escala serve` needs; the lock names versions and no address."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from dashboard.serve.private_points import POINTS
from tests.conftest import ROOT
from tests.sbom import MANIFEST, sbom, scripts

NEEDED = [
    "kpis/_data/observations/undesa_egovkb.csv",
    "kpis/_data/reference/area.csv",
    "kpis/_data/forecasts/2026.csv",
    "kpis/_data/forecasts/2026.toml",
    "kpis/_data/geo/world_50m.json",
    "kpis/_data/geo/world_110m.json",
    "kpis/_data/geo/tile_grid.csv",
    "kpis/catalogue/entries/kpis/services.toml",
    "kpis/models/standing.sql",
    "kpis/models/steps/kpi_direct.sql",
    "kpis/queries/sql/country.sql",
    "kpis/stages/sql/members.sql",
    "dashboard/.streamlit/config.toml",
    "dashboard/locale/es/LC_MESSAGES/escala.po",
    "dashboard/static/styles/10-page.css",
    "dashboard/static/own/manifest.json",
    "dashboard/static/own/plotly-licences.txt",
    "dashboard/static/own/fonts-licences.txt",
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


LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")
PIN = re.compile(
    r"[a-z0-9._-]+==[^\s\\]+(?: ; [^\\]*)?(?P<hashes>(?: \\\n    --hash=sha256:[0-9a-f]{64})*)$", re.MULTILINE
)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_every_package_by_hash_and_names_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    pins = list(PIN.finditer(text))
    assert len(pins) > 5
    assert [pin[0] for pin in pins if not pin["hashes"]] == []
    left = PIN.sub("", text)
    assert [line for line in left.splitlines() if line.strip() and not line.lstrip().startswith("#")] == []
    assert "//" not in text


@pytest.mark.parametrize("package", ["numpy", "pandas", "scipy", "pyarrow", "orjson", "markupsafe"])
def test_a_compiled_package_has_a_hash_for_each_system(package: str) -> None:
    """Three versions of Python on two systems, each for two kinds of processor: twelve wheels."""
    (pin,) = (one for one in PIN.finditer((ROOT / LOCKS[0]).read_text()) if one[0].startswith(f"{package}=="))
    assert pin["hashes"].count("--hash") >= 12


def test_the_locks_agree_on_versions() -> None:
    locked: dict[str, set[str]] = {}
    for name in LOCKS:
        for package, version in re.findall(
            r"^([a-z0-9._-]+)==([^\s\\]+)", (ROOT / name).read_text(), re.MULTILINE
        ):
            locked.setdefault(package, set()).add(version)
    assert {package: versions for package, versions in locked.items() if len(versions) > 1} == {}


def test_nothing_is_installed_without_its_hash() -> None:
    makefile = (ROOT / "Makefile").read_text()
    installs = re.findall(
        r"\$\(BIN\)/python -m pip install (.*)", makefile
    )  # `make next` tries what no lock names
    assert len(installs) >= 4
    for one in installs:
        assert "--require-hashes" in one or ("--no-deps" in one and "--no-build-isolation" in one), one


def test_the_list_of_packages_is_whole_and_always_the_same() -> None:
    lock, manifest = (ROOT / "requirements.lock").read_text(), MANIFEST.read_text(encoding="utf-8")
    made = sbom(lock, manifest)
    assert made == sbom(lock, manifest)
    bundled = {(one["name"], one["version"]) for one in scripts(manifest)}
    assert "plotly.js" in {name for name, _version in bundled}
    assert {(one["name"], one["version"]) for one in made["components"]} == bundled.union(
        re.findall(r"^([a-z0-9._-]+)==([^\s\\]+)", lock, re.MULTILINE)
    )
    assert [one["name"] for one in made["components"] if "licenses" not in one] == []
    references = {one["bom-ref"] for one in made["components"]} | {made["metadata"]["component"]["bom-ref"]}
    depends = {one["ref"]: one["dependsOn"] for one in made["dependencies"]}
    assert set(depends) == references
    (streamlit,) = (one["bom-ref"] for one in made["components"] if one["name"] == "streamlit")
    assert streamlit in depends[made["metadata"]["component"]["bom-ref"]]
    assert any("altair" in one for one in depends[streamlit])
    assert "//" not in str(made)


def test_every_direct_dependency_is_in_the_lock() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    locked = set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    wanted = {re.split(r"[<>=~\[]", need)[0].lower() for need in project["dependencies"]}
    assert wanted <= locked


def test_libraries_whose_insides_are_used_are_pinned_until_the_next_version_is_tried() -> None:
    """`make next` installs the newest of each, whatever the pin, and runs the suite."""
    import tomllib

    makefile = (ROOT / "Makefile").read_text()
    names = re.findall(r"^PINNED := ([a-z ]+)$", makefile, re.MULTILINE)[0].split()
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    pinned = {need.partition("~=")[0]: need.partition("~=")[2] for need in needs if "~=" in need}
    assert set(pinned) == set(names)
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in pinned.values())  # ~= of three parts
    assert {point.library for point in POINTS} & {"streamlit", "plotly", "pandas"} <= set(names)
    recipe = makefile.partition("\nnext:")[2].partition("\n\n")[0]
    assert recipe.index("--editable") < recipe.index("--upgrade $(PINNED)") < recipe.index("pytest")


def test_the_citation_names_the_version() -> None:
    from kpis import __version__

    assert f"version: {__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
