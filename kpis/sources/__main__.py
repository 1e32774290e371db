"""Imports a collected folder into `data/`: `python -m kpis.sources FOLDER`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from kpis.catalogue import load
from kpis.errors import EscalaError
from kpis.paths import data_dir
from kpis.sources import outlines
from kpis.sources.classes import import_classes
from kpis.sources.collection import import_all
from kpis.sources.inputs import import_inputs
from kpis.sources.methodology import import_cases, import_methodology
from kpis.sources.reference import import_reference
from kpis.sources.subnational import import_subnational

COPIED_AS_IS = ("geo/world_50m.json",)  # made for the project, taken over unchanged
EDITION = "methodology-2"  # folder of the methodology in force: its tables and the cases


def main(folder: Path) -> None:
    """Import reference areas, figures, cases, methodology tables and the map; print what came in."""
    target = data_dir()
    areas = import_reference(folder / "reference" / "countries.csv", target / "reference")
    print(f"{areas} areas")
    print(f"{import_classes(folder, target / 'reference')} published groups and classes")
    print(f"{import_inputs(folder, target / 'reference')} inputs with their year")
    for source, rows in import_all(folder, target / "observations", load()).items():
        print(f"{source}: {rows} values")
    print(f"{import_subnational(folder, target / 'subnational')} values below the country")
    import_knowledge(folder / EDITION, target)
    for name in COPIED_AS_IS:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / name, target / name)
    outlines.main(target / "geo")


def import_knowledge(folder: Path, target: Path) -> None:
    """Import the methodology's tables and the cases; print what came in."""
    print(f"{import_methodology(folder, target / 'methodology', load())} methodology tables")
    print(f"{import_cases(folder, target / 'cases')} cases")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m kpis.sources FOLDER")
    try:
        main(Path(sys.argv[1]))
    except EscalaError as error:
        sys.exit(f"error: {error}")
