"""`escala site`: a light edition of plain files for any web server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kpis.errors import RequestError


def site(
    out: Annotated[Path, typer.Option(help="Folder to write into; it is made if need be.")],
    area: Annotated[
        str, typer.Option(help="Codes or names, as COL,Haiti; all: every UN Member State.")
    ] = "all",
    languages: Annotated[
        str, typer.Option("--lang", help="Languages, the first is that of the way in: es,en")
    ] = "en,es",
) -> None:
    """Write a page a country, an index and a search as plain HTML, at most 150 kB a country."""
    from rich.console import Console
    from rich.progress import Progress

    from dashboard.documents import site as pages  # here: the other commands need none of it

    areas, langs = _areas(area), _langs(languages)
    if str(out) == "-":
        raise RequestError("--out: a site is a folder and no stream. Name one, as --out site.")
    if out.exists() and not out.is_dir():
        raise RequestError(f"--out: {out} is a file. Name a folder.")
    console = Console(stderr=True)
    files = pages.count(areas, langs)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("escala site", total=files)
        for _path in pages.write(out, areas, langs):
            bar.advance(task)
    print(f"{files} files in {out}; open {out / 'index.html'}")


def _areas(text: str) -> list[str]:
    """The areas named, or all Member States."""
    from dashboard.components.outside import reader_of
    from dashboard.reads import shared
    from kpis.names import areas_of

    if text.strip().casefold() != "all":
        return areas_of(text)
    return shared.members(reader_of("en").warehouse, "WORLD")


def _langs(text: str) -> list[str]:
    """The languages named, each once. Raises RequestError for one that the app does not speak."""
    from dashboard.components.language import LANGUAGES

    langs = list(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    if not langs or (unknown := [lang for lang in langs if lang not in LANGUAGES]):
        named = unknown[0] if langs else text
        raise RequestError(
            f"--lang: '{named}' is not spoken here. Allowed: {', '.join(LANGUAGES)}, or several."
        )
    return langs
