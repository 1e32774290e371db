"""The command line itself: one application, its formats, how it prints and how it fails."""

from __future__ import annotations

import json
import logging
import os
import sys
import warnings
from enum import StrEnum
from typing import Annotated, Any

import pandas as pd
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kpis.errors import EscalaError, RequestError
from kpis.steps import LOG, first_line

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="SDG-linked e-government KPIs.",
    pretty_exceptions_enable=False,
)
FAULT_EXIT = 2


class Format(StrEnum):
    """How a command prints its rows."""

    table = "table"
    csv = "csv"
    json = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="How to print.")]


def run(command: typer.Typer) -> None:
    """Run a command line; an expected fault becomes one line on standard error and exit code 2."""
    warnings.showwarning = _show_warning
    if level := os.environ.get("ESCALA_LOG"):
        logging.basicConfig(level=logging.getLevelNamesMapping().get(level.upper(), logging.WARNING))
    try:
        command()
    except EscalaError as fault:
        print(f"error: {fault}", file=sys.stderr)
        sys.exit(FAULT_EXIT)
    except BrokenPipeError:
        raise
    except Exception as fault:  # the outermost edge: a defect, in one line; the log keeps where it was
        LOG.debug("the command failed", exc_info=True)
        said = f"{type(fault).__name__}: {first_line(fault)}"
        print(
            f"error: something went wrong that was not foreseen ({said}). "
            "Run it again with ESCALA_LOG=debug and report what is printed.",
            file=sys.stderr,
        )
        sys.exit(FAULT_EXIT)


def _show_warning(message: Warning | str, *_: Any, **__: Any) -> None:
    print(f"warning: {message}", file=sys.stderr)


def split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def year_of(text: str) -> int:
    if not text.isdecimal():
        raise RequestError(f"year '{text}' is no number. Write a year such as 2024, or several: 2022,2024.")
    return int(text)


def show(frame: pd.DataFrame, output: Format) -> None:
    if output is Format.csv:
        print(frame.to_csv(index=False), end="")
    elif output is Format.json:
        records = frame.astype(object).where(frame.notna(), None).to_dict("records")
        print(json.dumps(records, indent=2, ensure_ascii=False, default=str))
    else:
        table = Table(*map(str, frame.columns), box=None, pad_edge=False)
        for row in frame.itertuples(index=False):
            table.add_row(*(escape(_cell(cell)) for cell in row))
        Console(width=None if sys.stdout.isatty() else 200).print(table)
        if frame.empty:
            print("no values for this request")


def _cell(value: Any) -> str:
    """A cell for reading: seven significant digits, more than any source prints; csv and json hold all."""
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:.7g}"
    return "" if value is None or value is pd.NA else str(value)
