"""Published indices recomputed from their parts: how many countries agree, who does not, and why."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

from dashboard.app_pages.methods import reads
from dashboard.charts.context import Context
from dashboard.charts.scalars import Row, records
from dashboard.components import frame, language, table
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.reader import Reader

LONG = Markup('<span class="e-long">{}</span>')


def show(reader: Reader) -> None:
    """The countries outside tolerance with their reasons, and every index and edition."""
    checks, outside = reads.verification(reader.warehouse)
    if checks.empty:
        frame.said_only(_("Nothing to recompute"), _("No edition of an index is held with all its parts."))
        return
    frame.table_only(title(outside, reader), _outside(reader, outside), outside, "escala_outside_tolerance")
    values = checks.drop(columns="rule")
    frame.table_only(_("Every index and edition"), _checks(reader, checks), values, "escala_recomputed")
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


def reason(english: str) -> Markup:
    """A reason of the catalogue in the reader's language."""
    return language.html(english) if english else escape(_("no reason known"))


def label(index: str, edition: int) -> str:
    """What was recomputed: an index, its published groups or its published ranks, with the edition."""
    name = f"{index.removesuffix('_GROUP').removesuffix('.RANK')}\u00a0{edition}"
    if index.endswith("_GROUP"):
        return _("{index}, groups").format(index=name)
    return _("{index}, ranks").format(index=name) if index.endswith(".RANK") else name


def _outside(reader: Reader, outside: pd.DataFrame) -> str:
    columns = [
        Column(_("Country")),
        Column(_("Index")),
        Column(_("Published"), True),
        Column(_("Recomputed"), True),
        Column(_("Difference"), True),
        Column(_("Reason")),
    ]
    names = reader.area_names
    body = [_difference(row, names, reader.ctx) for row in records(outside)]
    return table.html(_("The largest difference first, by index and edition"), columns, body) if body else ""


def _difference(row: Row, names: pd.Series[str], ctx: Context) -> list[Cell]:
    digits = _digits(row["index"])
    return [
        str(names.get(row["ref_area"], row["ref_area"])),
        label(row["index"], row["edition"]),
        ctx.number(row["published"], digits),
        ctx.number(row["recomputed"], digits),
        ctx.number(row["residual"], digits, sign=True),
        LONG.format(reason(row["reason"])),
    ]


def _digits(index: str) -> int:
    """Indices are printed with four decimals; ranks and levels of groups are whole."""
    return 0 if index.endswith(("_GROUP", ".RANK")) else 4


def _checks(reader: Reader, checks: pd.DataFrame) -> str:
    newest = checks.sort_values(["edition", "index"], ascending=[False, True])
    columns = [
        Column(_("Index")),
        Column(_("Countries and territories"), True),
        Column(_("Within"), True),
        Column(_("Outside"), True),
        Column(_("Tolerance"), True),
        Column(_("Largest difference within"), True),
        Column(_("Rule")),
    ]
    body = [_check(row, reader.ctx) for row in records(newest)]
    return table.html(_("The newest edition first"), columns, body, tall=True)


def _check(row: Row, ctx: Context) -> list[Cell]:
    return [
        label(row["index"], row["edition"]),
        ctx.number(row["n"]),
        ctx.number(row["within"]),
        ctx.number(row["n"] - row["within"]),
        ctx.number(row["tolerance"], 6),
        ctx.number(row["largest"], 6),
        LONG.format(language.html(row["rule"])),
    ]
