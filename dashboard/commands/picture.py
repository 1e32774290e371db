"""`escala picture`: the chart of a view as a file, without a browser."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kpis.cli.application import LanguageOption
from kpis.cli.endings import form_of


class Form(StrEnum):
    """How a picture is written."""

    svg = "svg"
    png = "png"
    pdf = "pdf"


class Sheet(StrEnum):
    """The shape of a picture."""

    wide = "16:9"
    square = "1:1"
    a4 = "A4"


def picture(
    view: Annotated[str, typer.Option(help="Address of the view, as 'stages?country=COL'.")],
    out: Annotated[Path, typer.Option(help="File to write; - is standard output.")],
    form: Annotated[
        Form | None,
        typer.Option("--format", help="Default: by the ending of the file.", case_sensitive=False),
    ] = None,
    size: Annotated[Sheet, typer.Option(help="Shape of the picture.", case_sensitive=False)] = Sheet.wide,
    lang: LanguageOption = "en",
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite a file that Escala did not write.")
    ] = False,
) -> None:
    """Draw the chart of a view as SVG, PNG or PDF, with its title, unit, source and date."""
    from dashboard.commands import files  # here: the other commands need none of it
    from dashboard.pictures.drawing import SIZES, draw
    from dashboard.pictures.of_view import picture_of

    named = form or form_of(out, Form)
    files.check(out, force=force)
    files.put(draw(picture_of(view, lang), named.value, SIZES[size.value]), out, force=force)
