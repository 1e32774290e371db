"""`escala story`: a story as one HTML file, as slides or as a hand-out."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode, urlsplit

import typer

from kpis.cli.application import LanguageOption
from kpis.cli.console import visible
from kpis.cli.endings import form_of
from kpis.errors import RequestError
from kpis.names import area_of

if TYPE_CHECKING:
    from dashboard.stories.model import Story


ADDRESS_LIMIT, SAID = 300, 60  # characters of an address, and of a wrong one in its message
CODE_LIMIT = 1200  # characters of a story in a code that phones still read from the back of a room


class Form(StrEnum):
    """How a story is written."""

    html = "html"
    pptx = "pptx"
    pdf = "pdf"


def story(
    name: Annotated[
        str, typer.Argument(metavar="FILE|NAME", help="A saved story, or the name of a ready one.")
    ],
    lang: LanguageOption = "en",
    area: Annotated[str | None, typer.Option(help="The country of a story about one.")] = None,
    form: Annotated[
        Form | None,
        typer.Option("--format", help="Default: by the ending of --out, else html.", case_sensitive=False),
    ] = None,
    out: Annotated[
        Path,
        typer.Option(help="File to write, or a folder; - is standard output.", show_default="this folder"),
    ] = Path("."),
    address: Annotated[
        str, typer.Option(help="Address of a running dashboard, as https://datos.example/escala/.")
    ] = "",
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite a file that Escala did not write.")
    ] = False,
) -> None:
    """Write a story to take away: HTML with both languages and keys, slides, or a hand-out with notes."""
    from dashboard.commands import files  # here: the other commands need none of it
    from dashboard.documents.story import file_name

    told = read(name)
    country = area_of(area) if area else ""
    named = (form or form_of(out, Form, Form.html)).value
    place = out / f"{file_name(told, country)}.{named}" if out.is_dir() else out
    files.check(place, force=force)
    files.put(_content(told, named, lang, country, _base(address)), place, force=force)


def read(name: str) -> Story:
    """A ready story by its name, or one of a file. Raises RequestError where there is neither."""
    from dashboard.stories import file, ready
    from dashboard.stories.faults import StoryError

    if name in ready.stories():
        return ready.stories()[name]
    path = Path(name)
    if not path.is_file():
        raise StoryError("story", value=name, allowed=", ".join(ready.stories()))
    if path.stat().st_size > file.FILE_LIMIT:
        raise StoryError("too_large", limit=file.FILE_LIMIT // 1024)
    loaded = file.load(path.read_bytes())
    for problem in loaded.problems:
        typer.echo(f"note: {problem.say()}", err=True)
    return loaded.story


def _base(address: str) -> str:
    """The folder of a dashboard. Raises RequestError for what is no address of the web."""
    from dashboard.documents.wording import link_of  # here: the other commands need none of it

    if address and (not _has_host(address) or link_of(address) != address or len(address) > ADDRESS_LIMIT):
        said = visible(address[:SAID])
        raise RequestError(
            f"--address: '{said}' is no address. Begin it with https://, as https://datos.example/escala/."
        )
    return address if not address or address.endswith("/") else f"{address}/"


def _has_host(address: str) -> bool:
    """Whether an address names a host, which alone makes a link that leads anywhere."""
    with suppress(ValueError):
        return bool(urlsplit(address).hostname)
    return False


def _content(story: Story, form: str, lang: str, country: str, address: str) -> bytes:
    from dashboard.commands.seen import seen
    from dashboard.components.language import LANGUAGES
    from dashboard.components.outside import reader_of
    from dashboard.documents import pdf, pptx, story_html
    from dashboard.documents.story import story_document, told

    reader = reader_of(lang)
    live = _live(story, lang, country, address) if address else ""
    if form in ("pdf", "pptx"):
        pages = seen(story, reader, country)
        document = story_document(story, reader, country, address, pages, live, deck=form == "pptx")
        return pdf.write(document) if form == "pdf" else pptx.write(document)
    readers = {one: reader_of(one) for one in (lang, *(other for other in LANGUAGES if other != lang))}
    slides = {
        one: told(story, its, country, address, seen(story, its, country)) for one, its in readers.items()
    }
    titles = {one: story.title.say(one) or "Escala" for one in readers}
    return story_html.write(slides, titles, {one: _words(one) for one in readers}, live, reader.version)


def _words(lang: str) -> dict[str, str]:
    """The words of the stage."""
    from dashboard.components import language
    from dashboard.stage import keys

    with language.spoken(lang):
        return keys.words()


def _live(story: Story, lang: str, country: str, address: str) -> str:
    """Where the story is shown live; the page alone where a saved one is too long for a code to be read."""
    from dashboard.stories import file, ready
    from dashboard.stories.faults import StoryError

    asked = {"lang": lang, "country": country}
    names = [name for name, one in ready.stories().items() if one == story]
    if names:
        asked["present"] = names[0]
    else:
        with suppress(StoryError):
            packed = file.link(story)
            asked |= {"story": packed} if len(packed) <= CODE_LIMIT else {}
    return f"{address}present?{urlencode({name: value for name, value in asked.items() if value})}"
