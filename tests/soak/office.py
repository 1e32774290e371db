"""Files that LibreOffice has opened and saved again, as people do: read value by value."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kpis.intake import read_grid, read_indicators
from kpis.intake.grid import folded
from kpis.messages import TableError
from tests.kpis.intake.people import CODES, FIGURES, NAMES, SHAPES, Workbook

PROGRAM = "soffice"
# How LibreOffice saves: the ending, and the filter with separator, quote and encoding by number.
SAVED = {
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "csv": "csv:Text - txt - csv (StarCalc):44,34,76,1",
    "csv with semicolons, Windows letters": "csv:Text - txt - csv (StarCalc):59,34,1,1",
    "csv with tabs, UTF-16": "csv:Text - txt - csv (StarCalc):9,34,65535,1",
}


def originals(folder: Path) -> list[Path]:
    """A workbook for each shape of a table."""
    for shape in SHAPES:
        (folder / f"{shape.__name__}.xlsx").write_bytes(Workbook("workbook").save(shape()))
    return sorted(folder.glob("*.xlsx"))


def resaved(books: list[Path], save_as: str, target: Path) -> Iterator[Path]:
    """The workbooks as LibreOffice writes them."""
    command = [PROGRAM, "--headless", f"-env:UserInstallation=file://{target}/profile", "--convert-to"]
    subprocess.run(
        [*command, SAVED[save_as], "--outdir", str(target), *map(str, books)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    for book in books:
        yield target / f"{book.stem}.{save_as.partition(' ')[0]}"


def difference(path: Path) -> str:
    """What is not read as it was written; nothing where all is."""
    by_name = {name: code for code, name in NAMES.items()}
    try:
        grid = read_grid(path.read_bytes(), path.name, frozenset(map(folded, CODES)))
        values = read_indicators(grid, CODES).values
    except (OSError, TableError) as fault:
        return str(fault)
    rows = zip(values.index, values.to_numpy(), strict=True)
    figures = {by_name.get(area, area): tuple(row) for area, row in rows}
    return "" if figures == FIGURES else f"read as {figures}"


def main() -> int:
    """Prints how many of the files are read as they were written, for each way of saving."""
    if shutil.which(PROGRAM) is None:
        print("not measured: apt-get install --no-install-recommends libreoffice-calc-nogui")
        return 1
    failed = 0
    for save_as in SAVED:
        with tempfile.TemporaryDirectory() as before, tempfile.TemporaryDirectory() as after:
            paths = list(resaved(originals(Path(before)), save_as, Path(after)))
            wrong = {path.stem: text for path in paths if (text := difference(path))}
        print(
            f"{save_as}: {len(paths) - len(wrong)} of {len(paths)} files read as they were written",
            flush=True,
        )
        for name, text in wrong.items():
            print(f"  {name}: {text[:160]}")
        failed += len(wrong)
    return failed
