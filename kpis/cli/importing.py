"""The command `import`: a table of own figures read and checked, and kept in the workspace if wished."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from kpis import catalogue, names
from kpis.cli.application import LanguageOption, app
from kpis.cli.console import visible
from kpis.errors import RequestError
from kpis.freshness import year_of_reading
from kpis.intake import Mark, read_bytes
from kpis.messages import ChoiceError, TableError, errors_in
from kpis.names import area_of
from kpis.spreadsheet import csv_text
from kpis.texts import Text, say

if TYPE_CHECKING:
    from kpis.workspace.figures import OwnFigures, Reading

FAULTY = 1  # exit code of a table with faults
SHOWN = 50  # problems printed; the report has all

READ = Text("{file}: rows {rows}, figures {n}, areas {areas}, series {series}.")
COUNTED = Text("Faults: {faults}. Notes: {notes}.")
MORE = Text("… {n} more; --report FILE writes all of them.")
AT = Text("row {row}")
CHANGES = Text("New: {new}; changed: {changed}; removed: {removed}; unchanged: {same}.")
KEPT = Text("Kept in the workspace as “{name}”.")
CHECKED = Text("Nothing was kept: the table was checked only. --keep keeps it in the workspace.")
BAD_MAP = Text("--map '{value}' is no pair. Write role=heading, such as area=Municipio or EGDI=Índice.")
BAD_MARK = Text("--decimal '{value}' is no decimal mark. Write . or ,")
REPORT_WRITTEN = Text("Report of all problems: {file}")
STRANGE = Text("{file} exists and is no report of a table. Choose another name for --report.")
NO_REPORT = Text("{file}: the report cannot be written ({reason}). Choose another file or folder.")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX with areas, periods and values.")],
    check: Annotated[bool, typer.Option("--check", help="Check only; keep nothing.")] = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep it in the workspace if it has no fault.")
    ] = False,
    name: Annotated[str | None, typer.Option(help="Name of the table; default: that of the file.")] = None,
    areas: Annotated[
        Path | None, typer.Option(help="Second table: code, name, parent, level of areas.")
    ] = None,
    country: Annotated[str | None, typer.Option(help="Country of areas that name no parent: COL")] = None,
    series: Annotated[str, typer.Option(help="KPI of all values, if no column names it: EGDI")] = "",
    mapping: Annotated[
        list[str] | None, typer.Option("--map", help="Column of a role: area=Municipio. May be repeated.")
    ] = None,
    decimal: Annotated[str | None, typer.Option(help="Decimal mark, . or , if it cannot be told.")] = None,
    report: Annotated[Path | None, typer.Option(help="CSV file to write all problems to.")] = None,
    lang: LanguageOption = "en",
) -> None:
    """Read a table of own figures, say what is wrong with it, and keep it if wished. Exit code 1: faults."""
    if check and keep:
        raise RequestError("--check and --keep exclude each other. Choose one.")
    from kpis.workspace.figures import Known, Request, kpi_facts, read_figures  # it loads pandas

    with errors_in(lang):
        request = Request(
            mapping=_pairs(mapping or ()),
            country=area_of(country) if country else "",
            series=series,
            decimal=_mark(decimal),
            areas=None if areas is None else (read_bytes(areas), areas.name),
            lang=lang,
        )
        known = Known(kpi_facts(catalogue.load()), names.index(), year_of_reading())
        reading = read_figures(read_bytes(file), file.name, request, known)
        _print(reading, lang)
        if report is not None:
            _write_report(reading, report, lang)
        if not reading.is_good or reading.figures is None:
            sys.exit(FAULTY)
        _finish(reading.figures, name or file.stem, keep=keep, lang=lang)


def _pairs(mapping: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for value in mapping:
        role, sign, heading = value.partition("=")
        if not (sign and role.strip() and heading.strip()):
            raise ChoiceError(BAD_MAP, value=value)
        pairs[role.strip()] = heading.strip()
    return pairs


def _mark(decimal: str | None) -> Mark | None:
    if decimal not in (None, ".", ","):
        raise ChoiceError(BAD_MARK, value=decimal)
    return cast("Mark | None", decimal)


def _print(reading: Reading, lang: str) -> None:
    """What was read, and the problems, faults first."""
    own, problems = reading.figures, reading.problems
    if own is not None:
        counts = {
            "n": len(own.figures),
            "areas": own.figures["ref_area"].nunique(),
            "series": len(own.series),
        }
        print(visible(say(READ, lang, file=reading.name, rows=reading.n_rows, **counts)))
    print(say(COUNTED, lang, faults=problems.count(fatal=True), notes=problems.count(fatal=False)))
    table = problems.table(lang)
    for kind, row, column, _cell, what, _rows in table.head(SHOWN).itertuples(index=False):
        place = ", ".join(part for part in (say(AT, lang, row=row) if row else "", column) if part)
        print(visible(f"  {kind}: {place + ': ' if place else ''}{what}"))
    if len(table) > SHOWN:
        print("  " + say(MORE, lang, n=len(table) - SHOWN))


def _write_report(reading: Reading, place: Path, lang: str) -> None:
    content = csv_text(reading.problems.table(lang)).encode("utf-8-sig")
    try:
        if place.exists() and not _is_report(place, content):
            raise TableError(STRANGE, file=str(place))
        place.write_bytes(content)
    except OSError as fault:
        raise TableError(NO_REPORT, file=str(place), reason=fault.strerror or type(fault).__name__) from None
    print(visible(say(REPORT_WRITTEN, lang, file=str(place))))


def _is_report(place: Path, content: bytes) -> bool:
    """Whether a file is empty or begins as a report does: with the same headings."""
    if not place.is_file():
        return False
    headings = content.partition(b"\n")[0]
    with place.open("rb") as file:
        head = file.read(len(headings))
    return head in (b"", headings)


def _finish(own: OwnFigures, name: str, *, keep: bool, lang: str) -> None:
    """Says what the table changes, and keeps it."""
    from kpis.workspace import LOCAL, open_workspace
    from kpis.workspace.figures import changes
    from kpis.workspace.figures import keep as keeping

    if not keep:
        print(say(CHECKED, lang))
        return
    named = replace(own, name=name)
    workspace = open_workspace()
    held = keeping.named(workspace, LOCAL, name)
    counts = changes.changes(held, named).counts
    print(
        say(
            CHANGES,
            lang,
            new=counts["new"],
            changed=counts["changed"],
            removed=counts["removed"],
            same=counts["unchanged"],
        )
    )
    keeping.keep(workspace, LOCAL, named)
    print(visible(say(KEPT, lang, name=name)))
