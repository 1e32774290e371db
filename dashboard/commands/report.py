"""`escala report`: the brief of a country, of every country, of a group, or a comparison, as a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpis.cli.application import LanguageOption, split
from kpis.cli.endings import form_of
from kpis.errors import RequestError, unknown
from kpis.groups import is_own, read_id
from kpis.names import areas_of

if TYPE_CHECKING:
    from dashboard.documents.content import Document
    from dashboard.reads.reader import Reader

ALL = "all"


class Form(StrEnum):
    """How a brief is written."""

    pdf = "pdf"
    docx = "docx"
    pptx = "pptx"
    xlsx = "xlsx"
    html = "html"
    md = "md"


def report(
    area: Annotated[
        str | None,
        typer.Option(help="Country by ISO code or name; several, as COL,URY: a comparison; all: every one."),
    ] = None,
    group: Annotated[str | None, typer.Option(help="Instead of a country: a group, as LDC.")] = None,
    lang: LanguageOption = "en",
    form: Annotated[
        Form | None,
        typer.Option("--format", help="Default: by the ending of --out, else pdf.", case_sensitive=False),
    ] = None,
    out: Annotated[
        Path,
        typer.Option(help="File to write, or a folder; - is standard output.", show_default="this folder"),
    ] = Path("."),
    own: Annotated[
        bool, typer.Option("--own", help="With the own figures kept in the workspace, marked as such.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite what Escala did not write, and make all anew.")
    ] = False,
) -> None:
    """Write a brief: two pages and an annex with every figure held, of a country, a group or side by side.

    With --area all the folder gets a file for each Member State. What is whole and of the same figures stays,
    so a run that was broken off goes on where it ended.
    """

    if (area is None) == (group is None):
        raise RequestError("report takes --area or --group. Name one, such as --area COL or --group LDC.")
    is_every = area is not None and area.strip().casefold() == ALL
    if own and (group is not None or is_every):
        raise RequestError("--own takes countries by name. Name them, such as --area COL,URY --own.")
    named = form or form_of(out, Form, Form.pdf)
    if is_every:
        from dashboard.commands.report_all import every

        every(out, lang, named.value, force=force)
        return
    _one(area, group, lang, named.value, out, own=own, force=force)


def _one(
    area: str | None, group: str | None, lang: str, form: str, out: Path, *, own: bool, force: bool
) -> None:
    from dashboard.commands import files  # here: the other commands need none of it
    from dashboard.components.outside import reader_of
    from dashboard.documents.forms import WRITERS

    if not out.is_dir():
        files.check(out, force=force)
    reader = reader_of(lang)
    document = document_of(reader, area, group, own=own)
    place = out / f"{document.file}.{form}" if out.is_dir() else out
    files.check(place, force=force)
    files.put(WRITERS[form](document), place, force=force)


def document_of(reader: Reader, area: str | None, group: str | None, *, own: bool = False) -> Document:
    """The document that is asked for. own: with the own figures of its countries that the workspace keeps.

    Raises RequestError for an unknown area or group, WorkspaceError where the workspace cannot be read.
    """
    from dashboard.commands.own import values
    from dashboard.documents.brief import country_brief
    from dashboard.documents.comparison import comparison
    from dashboard.documents.group_brief import group_brief

    if group is not None:
        return group_brief(reader, _group(reader, group))
    names = split(area or "")
    if len(names) > 1:
        ids = [_area_or_group(reader, name) for name in names]
        return comparison(reader, ids, mine=values(ids, reader.lang) if own else ())
    if not names:
        raise RequestError("--area is empty. Name a country, such as --area COL.")
    code = areas_of(names[0])[0]
    mine = values([code], reader.lang) if own else ()
    return country_brief(reader, code, mine=tuple(value for _area, value in mine))


def _group(reader: Reader, group: str) -> str:
    """The id of a group, in whatever case it is written; or of one of one's own."""
    if is_own(group):
        return read_id(group).id
    ids = {str(one).casefold(): str(one) for one in reader.groups.index}
    if group.casefold() not in ids:
        raise RequestError(unknown("group", group, ids.values()))
    return ids[group.casefold()]


def _area_or_group(reader: Reader, name: str) -> str:
    if is_own(name):
        return read_id(name).id
    ids = {str(one).casefold(): str(one) for one in reader.groups.index}
    return ids.get(name.casefold()) or areas_of(name)[0]
