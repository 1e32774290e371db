"""Published indices recomputed from their parts: how many countries agree, who does not, and why."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from dashboard.app_pages.methods import reads
from dashboard.components import frame, language, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column, Html
from dashboard.reads.reader import Reader


def show(reader: Reader, words: str) -> None:
    """The countries outside tolerance with their reasons, and every index and edition."""
    checks, outside = reads.verification(reader.warehouse)
    if checks.empty:
        frame.said_only(_("Nothing to recompute"), _("No edition of an index is held with all its parts."))
        return
    frame.table_only(title(outside, reader), _outside(reader, outside), outside, "escala_outside_tolerance")
    every = checks.drop(columns="rule")
    frame.table_only(_("Every index and edition"), _checks(reader, checks), every, "escala_recomputed")
    frame.foot_only(
        _("Each published index is computed again from its published parts by the rule of its edition and "
          "compared with what was printed; the tolerance of each index stands in its row.")
    )  # fmt: skip


def title(outside: pd.DataFrame, reader: Reader) -> str:
    """How many are outside, and whether all have a known reason."""
    n, unknown = len(outside), int((outside["reason"] == "").sum())
    if n == 0:
        return _("Every value is within tolerance")
    if unknown == 0:
        return _("Values outside tolerance, each with a known reason: {n}").format(n=reader.ctx.number(n))
    return _("Values outside tolerance: {n}, without a known reason: {k}").format(
        n=reader.ctx.number(n), k=reader.ctx.number(unknown)
    )


def reason(english: str) -> str:
    """A reason of the catalogue in the reader's language."""
    return language.html(english) if english else table.markup(_("no reason known"))


def label(index: str, edition: int) -> str:
    """What was recomputed: an index, its published groups or its published ranks, with the edition."""
    name = f"{index.removesuffix('_GROUP').removesuffix('.RANK')}\u00a0{edition}"
    if index.endswith("_GROUP"):
        return _("{index}, groups").format(index=name)
    return _("{index}, ranks").format(index=name) if index.endswith(".RANK") else name


def _outside(reader: Reader, outside: pd.DataFrame) -> str:
    ctx, names = reader.ctx, reader.area_names
    body: list[list[Cell]] = [
        [
            str(names.get(row["ref_area"], row["ref_area"])),
            label(row["index"], row["edition"]),
            ctx.number(row["published"], _digits(row)),
            ctx.number(row["recomputed"], _digits(row)),
            ctx.number(row["residual"], _digits(row), sign=True),
            Html(f'<span class="e-long">{reason(row["reason"])}</span>'),
        ]
        for row in outside.to_dict("records")
    ]
    columns = [
        Column(_("Country")),
        Column(_("Index")),
        Column(_("Published"), True),
        Column(_("Recomputed"), True),
        Column(_("Difference"), True),
        Column(_("Reason")),
    ]
    return table.html(_("The largest difference first, by index and edition"), columns, body) if body else ""


def _digits(row: dict[Hashable, Any]) -> int:
    """Indices are printed with four decimals; ranks and levels of groups are whole."""
    return 0 if str(row["index"]).endswith(("_GROUP", ".RANK")) else 4


def _checks(reader: Reader, checks: pd.DataFrame) -> str:
    ctx = reader.ctx
    newest = checks.sort_values(["edition", "index"], ascending=[False, True])
    body: list[list[Cell]] = [
        [
            label(row["index"], row["edition"]),
            ctx.number(row["n"]),
            ctx.number(row["within"]),
            ctx.number(row["n"] - row["within"]),
            ctx.number(row["tolerance"], 6),
            ctx.number(row["largest"], 6),
            Html(f'<span class="e-long">{language.html(row["rule"])}</span>'),
        ]
        for row in newest.to_dict("records")
    ]
    columns = [
        Column(_("Index")),
        Column(_("Countries and territories"), True),
        Column(_("Within"), True),
        Column(_("Outside"), True),
        Column(_("Tolerance"), True),
        Column(_("Largest difference within"), True),
        Column(_("Rule")),
    ]
    return table.html(_("The newest edition first"), columns, body, tall=True)
