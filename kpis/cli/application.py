"""The command line itself: one application, its formats, how it prints and how it fails."""

from __future__ import annotations

import json
import logging
import os
import sys
import warnings
from enum import StrEnum
from typing import Annotated, Any, NoReturn

import pandas as pd
import typer
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from kpis.cli.console import close_console, letters, open_console, speaks_all, visible
from kpis.errors import EscalaError, RequestError
from kpis.languages import LANGUAGES, language
from kpis.spreadsheet import csv_text
from kpis.steps import FULL, LOG, first_line

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="SDG-linked e-government KPIs.",
    pretty_exceptions_enable=False,
)
FAULT_EXIT = 2
MOST_QUOTED = 120  # characters of the name of a file that a message repeats


class Format(StrEnum):
    """How a command prints its rows."""

    table = "table"
    csv = "csv"
    json = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="How to print.")]
RawOption = Annotated[
    bool,
    typer.Option(
        "--raw", help="CSV for machines: no apostrophe before what a spreadsheet takes for a formula."
    ),
]
LanguageOption = Annotated[
    str, typer.Option("--lang", help=f"Language of the texts: {' or '.join(LANGUAGES)}", callback=language)
]


def run(command: typer.Typer) -> None:
    """Run a command line; an expected fault becomes one line on standard error and exit code 2."""
    warnings.showwarning = _show_warning
    open_console()
    if level := os.environ.get("ESCALA_LOG"):
        logging.basicConfig(level=logging.getLevelNamesMapping().get(level.upper(), logging.WARNING))
    try:
        command()
    except EscalaError as fault:
        _fail(str(fault))
    except BrokenPipeError:
        raise
    except Exception as fault:  # the outermost edge: a defect, in one line
        LOG.debug("the command failed", exc_info=True)
        if isinstance(fault, OSError) and fault.errno in FULL:
            _fail("no space is left on the device. Make room, or write to another place.")
        if isinstance(fault, OSError) and fault.filename is not None and fault.strerror:
            _fail(f"{str(fault.filename)[:MOST_QUOTED]}: {fault.strerror}. Choose another file or place.")
        _fail(
            f"something went wrong that was not foreseen ({type(fault).__name__}: {first_line(fault)}). "
            "Run it again with ESCALA_LOG=debug and report what is printed."
        )
    finally:
        close_console()


def _fail(message: str) -> NoReturn:
    print(f"error: {visible(message)}", file=sys.stderr)
    sys.exit(FAULT_EXIT)


def _show_warning(message: Warning | str, *_: Any, **__: Any) -> None:
    print(f"warning: {visible(str(message))}", file=sys.stderr)


def split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def year_of(text: str) -> int:
    if not text.isdecimal():
        raise RequestError(f"year '{text}' is no number. Write a year such as 2024, or several: 2022,2024.")
    return int(text)


def show(frame: pd.DataFrame, output: Format, *, raw: bool = False) -> None:
    """Print rows as a table, CSV or JSON; raw: CSV without the guard against formulas."""
    if output is Format.csv:
        show_csv(frame, raw=raw)
    elif output is Format.json:
        show_json(frame.astype(object).where(frame.notna(), None).to_dict("records"))
    else:
        # Text, so that names like "Index [score]" are no markup
        heads = (Column(Text(visible(str(name)))) for name in frame.columns)
        table = Table(*heads, box=None, pad_edge=False)
        for row in frame.itertuples(index=False):
            table.add_row(*(Text(visible(_cell(cell))) for cell in row))
        Console(width=None if sys.stdout.isatty() else 200).print(table)
        if frame.empty:
            print("no values for this request")


def show_csv(frame: pd.DataFrame, *, raw: bool = False) -> None:
    """Print rows as CSV, guarded unless raw."""
    print(csv_text(frame, raw=raw, letters=letters()), end="")


def show_json(content: Any) -> None:
    """Print as JSON; where the console lacks letters they are escaped, so that none is lost."""
    print(json.dumps(content, indent=2, ensure_ascii=not speaks_all(), default=str))


def _cell(value: Any) -> str:
    """A cell for reading: seven significant digits, more than any source prints; csv and json hold all."""
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:.7g}"
    return "" if value is None or value is pd.NA else str(value)
