"""The briefs of all Member States: two processes, a bar on a terminal, whole files only, to be resumed."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Iterator
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import cast

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from dashboard.commands import files
from dashboard.components.outside import reader_of
from dashboard.documents import stamp
from dashboard.documents.brief import country_brief
from dashboard.documents.forms import WRITERS
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from kpis.errors import EngineError, RequestError

PROCESSES = 2

_reader: list[Reader] = []  # of a worker


def every(out: Path, lang: str, form: str, *, force: bool = False) -> None:
    """Writes the brief of each Member State into a folder; says on standard error how many were kept.

    A file that is whole and of the same figures, language and version stays, unless `force`. Broken off, the
    run leaves whole files only. Raises RequestError where a place holds what Escala has not written.
    """
    if out.exists() and not out.is_dir():
        raise RequestError(f"--out: {out} is a file. Name a folder for the briefs of all countries.")
    if not out.exists() and not out.parent.is_dir():
        raise RequestError(f"--out: the folder {out.parent} does not exist. Make it, or choose another.")
    wh = data.warehouse()
    codes = data.members(wh, "WORLD")
    places = {code: out / f"escala_{code}_{lang}.{form}" for code in codes}
    wanted = {code: stamp.written(wh.version, lang, place.stem) for code, place in places.items()}
    due = [code for code in codes if force or stamp.of_file(places[code]) != wanted[code]]
    for code in due:
        if out.is_dir():
            files.check(places[code], force=force)
    out.mkdir(exist_ok=True)
    for code, content in _shown(_made(due, lang, form), len(codes), len(codes) - len(due)):
        files.put(content, places[code], force=force)
    kept = len(codes) - len(due)
    print(f"{out}: {len(due)} briefs written, {kept} kept", file=sys.stderr)


def _shown(made: Iterator[tuple[str, bytes]], total: int, kept: int) -> Iterator[tuple[str, bytes]]:
    """The briefs as they come, with a bar on a terminal and none elsewhere."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("report", total=total, completed=kept)
        for code, content in made:
            yield code, content
            bar.update(task, advance=1, description=code)


def _made(codes: list[str], lang: str, form: str) -> Iterator[tuple[str, bytes]]:
    """Each brief as it is ready. The processes write no file, so that none is left half written.

    Pipes and no pool: a run that is broken off leaves no semaphore to complain about. Raises what a brief
    raised, and EngineError where a process has ended.
    """
    context, left = multiprocessing.get_context("spawn"), iter(codes)
    at_work: dict[Connection, BaseProcess] = {}
    try:
        for code in islice(left, PROCESSES):
            ours, theirs = context.Pipe()
            process: BaseProcess = context.Process(target=work, args=(theirs, lang, form), daemon=True)
            process.start()
            theirs.close()
            at_work[ours] = process
            ours.send(code)
        while at_work:
            for ready in wait(list(at_work)):
                ours = cast(Connection, ready)
                yield _answer(ours)
                following = next(left, None)
                ours.send(following)
                if following is None:
                    at_work.pop(ours).join()
    finally:
        for process in at_work.values():
            process.terminate()


def _answer(ours: Connection) -> tuple[str, bytes]:
    """What a process has made."""
    try:
        code, content = ours.recv()
    except EOFError:
        raise EngineError(
            "a process that makes briefs has ended. Run it again: what is whole stays."
        ) from None
    if isinstance(content, Exception):
        raise content
    return code, content


def work(theirs: Connection, lang: str, form: str) -> None:
    """Makes the briefs that are asked for, until there is no more."""
    begin(lang)
    while (code := theirs.recv()) is not None:
        try:
            theirs.send(make((code, form)))
        except Exception as fault:  # noqa: BLE001 # told to the process that asked
            theirs.send((code, fault))


def begin(lang: str) -> None:
    """Opens the warehouse in a worker, which leaves Ctrl-C to the process that started it."""
    if multiprocessing.parent_process() is not None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    _reader[:] = [reader_of(lang)]


def make(task: tuple[str, str]) -> tuple[str, bytes]:
    """The brief of a country in a format, by the reader of this process."""
    code, form = task
    return code, WRITERS[form](country_brief(_reader[0], code))
