"""A workspace as one file in open formats, and back.

A backup is a ZIP archive of JSON lines, a line a row, and CSV for figures, so that it can be read without
Escala, and the same for SQLite and PostgreSQL. `manifest.json` names its format, step, rows and check sums.
The secret that signs invitations is left out: whoever holds a backup must not be able to invite.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, Table, delete, func, insert, select

from kpis.steps import step
from kpis.workspace import engine as engines
from kpis.workspace import rights
from kpis.workspace.faults import BackupError
from kpis.workspace.people import Person, Role
from kpis.workspace.schema import CHANGE, FIGURE, ITEM, PERSON
from kpis.workspace.store import Workspace

FORMAT = "escala-workspace"
MANIFEST = "manifest.json"
TABLES = (PERSON, ITEM, CHANGE)  # as JSON lines
ORDER = (PERSON, ITEM, CHANGE, FIGURE)  # in which rows may be put in: figures belong to entries
MOST_BYTES = 4 * 1024**3  # of an archive, unpacked
BLOCK = 5_000  # rows written at a time
NO_VALUE = ""


def write_backup(workspace: Workspace, person: Person, file: BinaryIO) -> dict[str, int]:
    """Writes all that the workspace holds, as it is at one moment. Returns the number of rows by table.

    Needs the role of an administrator. Raises RightsError, WorkspaceError.
    """
    rights.require_role(person, Role.ADMINISTRATOR)
    counts, sums = {}, {}
    with (
        step("the backup"),
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        engines.reading(workspace.engine) as connection,
    ):
        for table in ORDER:
            name = _member(table)
            digest = hashlib.sha256()
            with archive.open(name, "w", force_zip64=True) as member:
                counts[table.name] = 0
                for line in _lines(connection, table):
                    data = line.encode()
                    digest.update(data)
                    member.write(data)
                    counts[table.name] += 1
            sums[name] = digest.hexdigest()
        manifest = {
            "format": FORMAT,
            "step": engines.NEWEST_STEP,
            "made": datetime.now(UTC).isoformat(),
            "rows": counts,
            "sha256": sums,
        }
        archive.writestr(MANIFEST, json.dumps(manifest, indent=2))
    return counts


def restore(workspace: Workspace, person: Person, path: Path) -> dict[str, int]:
    """Puts what a backup holds in the place of all that the workspace holds, in one transaction.

    Returns the number of rows by table. The whole archive is checked first. Needs the role of an
    administrator. Raises RightsError, BackupError for a file that is no whole backup, WorkspaceError.
    """
    rights.require_role(person, Role.ADMINISTRATOR)
    with _opened(path) as archive:
        counts = _checked(archive, path.name)
        with engines.writing(workspace.engine) as connection:
            for table in reversed(ORDER):
                connection.execute(delete(table))
            for table in ORDER:
                put = 0
                for block in _blocks(_rows(archive, table, path.name)):
                    connection.execute(insert(table), block)
                    put += len(block)
                if put != counts[table.name]:
                    raise BackupError("rows", name=path.name, member=_member(table))
    return counts


def held(workspace: Workspace) -> dict[str, int]:
    """Number of rows by table."""
    with engines.reading(workspace.engine) as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in ORDER
        }


def _member(table: Table) -> str:
    return f"{table.name}.csv" if table is FIGURE else f"{table.name}.jsonl"


def _lines(connection: Connection, table: Table) -> Iterator[str]:
    """The rows of a table as lines of its member, in the order of its key."""
    rows = connection.execution_options(yield_per=BLOCK).execute(select(table).order_by(*table.primary_key))
    if table is FIGURE:
        yield from (_csv_line(NO_VALUE if value is None else value for value in row) for row in rows)
    else:
        yield from (json.dumps(dict(row), allow_nan=False, sort_keys=True) + "\n" for row in rows.mappings())


def _csv_line(values: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([repr(v) if isinstance(v, float) else v for v in values])
    return out.getvalue()


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise BackupError("no_backup", name=path.name) from error


def _checked(archive: zipfile.ZipFile, name: str) -> dict[str, int]:
    """The rows by table that a whole backup says it holds. Raises BackupError."""
    try:
        manifest = json.loads(archive.read(MANIFEST)[:1_000_000])
        sums, rows = dict(manifest["sha256"]), {str(key): int(n) for key, n in manifest["rows"].items()}
        if manifest["format"] != FORMAT:
            raise BackupError("no_backup", name=name)
    except (KeyError, TypeError, ValueError, AttributeError, zipfile.BadZipFile) as error:
        raise BackupError("no_backup", name=name) from error
    if manifest.get("step") != engines.NEWEST_STEP:
        raise BackupError("other_step", name=name, step=str(manifest.get("step"))[:20])
    if sum(info.file_size for info in archive.infolist()) > MOST_BYTES:
        raise BackupError("too_large", name=name)
    for table in ORDER:
        member = _member(table)
        if member not in archive.namelist() or table.name not in rows:
            raise BackupError("rows", name=name, member=member)
        if _sum(archive, member, name) != sums.get(member):
            raise BackupError("rows", name=name, member=member)
    return rows


def _sum(archive: zipfile.ZipFile, member: str, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(member) as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise BackupError("rows", name=name, member=member) from error
    return digest.hexdigest()


def _rows(archive: zipfile.ZipFile, table: Table, name: str) -> Iterator[dict[str, Any]]:
    """The rows of a member, each with all columns of its table. Raises BackupError."""
    columns = [column.name for column in table.columns]
    with archive.open(_member(table)) as member, io.TextIOWrapper(member, "utf-8", newline="") as lines:
        try:
            if table is FIGURE:
                yield from (_figure(dict(zip(columns, row, strict=True))) for row in csv.reader(lines))
            else:
                yield from (_complete(json.loads(line), columns) for line in lines)
        except (ValueError, KeyError, csv.Error) as error:
            raise BackupError("rows", name=name, member=_member(table)) from error


def _figure(row: Mapping[str, str]) -> dict[str, Any]:
    value = row["obs_value"]
    numbers = {"vintage": int(row["vintage"]), "obs_value": None if value == NO_VALUE else float(value)}
    return {**row, **numbers}


def _complete(row: Mapping[str, Any], columns: list[str]) -> dict[str, Any]:
    return {name: row[name] for name in columns}


def _blocks(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    block: list[dict[str, Any]] = []
    for row in rows:
        block.append(row)
        if len(block) == BLOCK:
            yield block
            block = []
    if block:
        yield block
