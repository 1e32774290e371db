"""Where the forecast fails: jumps nobody foresaw, editions that changed the method, groups less sure."""

from __future__ import annotations

from functools import partial

import pandas as pd

from dashboard.app_pages.forecast import tables
from dashboard.charts import record_words as words
from dashboard.charts.context import Context
from dashboard.charts.scalars import Row, records
from dashboard.components import frame, more
from dashboard.components import record_parts as parts
from dashboard.components.language import text as _
from dashboard.reads import record as reads
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader
from kpis.forecast import record

NAMED = 8  # of the largest misses
STEP = 3  # of them shown at once on a phone, where each is a card
SHORT = 0.02  # below the promise, from which a group is named as less sure


@worded(frame.CACHED_FRAMES)
def table(reader: Reader, ahead: int, most: int = NAMED) -> tuple[str, str, pd.DataFrame]:
    """Title, table as HTML of the first, and rows of the forecasts that were farthest off."""
    tried = reads.cases(reader.warehouse, ahead)
    rows = record.largest_misses(tried, NAMED)
    caption = _("The ranks that ended farthest from their forecast {ahead}").format(
        ahead=words.ahead(ahead, reader.ctx)
    )
    return jumps(record.jumps(tried), reader.ctx), tables.misses(reader, rows.head(most), caption), rows


def show(reader: Reader, ahead: int) -> None:
    """The jumps, with names."""
    of, narrow = str(ahead), reader.ctx.narrow
    title, markup, rows = table(reader, ahead, more.shown("misses", of, STEP) if narrow else NAMED)
    frame.table_only(
        title,
        markup,
        partial(tables.export, reader, rows, ahead),
        f"escala_forecast_misses_{ahead}",
        how=tables.explained(reader),
    )
    if narrow:
        more.button(reader, "misses", of, len(rows), STEP)
    if sentence := less_sure(reader, ahead):
        frame.foot_only(sentence)


@worded(frame.CACHED_FRAMES)
def less_sure(reader: Reader, ahead: int) -> str:
    """Groups whose bands held less than they promised, with both shares; "" where there are none."""
    ctx = reader.ctx
    rows = pd.concat([parts.rows(reader, ahead, by) for by in ("group", "region", "special")])
    names = [text for row in records(rows) if (text := _short(row, ctx))]
    if not names:
        return ""
    return _("Less sure than promised {ahead}: {groups}.").format(
        ahead=words.ahead(ahead, ctx), groups="; ".join(names)
    )


def _short(row: Row, ctx: Context) -> str:
    """A group with its shares that fall short of the promise, and no others; empty where none does."""
    templates = {"egdi_within_80": _("{share} of values"), "rank_within_80": _("{share} of ranks")}
    shares = [
        template.format(share=ctx.percent(row[column]))
        for column, template in templates.items()
        if row[column] < words.BAND - SHORT
    ]
    return f"{row['name']}: {', '.join(shares)}" if shares else ""


def jumps(moves: record.Jumps, ctx: Context) -> str:
    """How many moves were jumps, and how few of them the bands held."""
    if not moves.n:
        return ctx.t("No move of {places} places or more in {n} cases").format(
            places=ctx.number(record.JUMP), n=ctx.number(moves.cases)
        )
    return ctx.t(
        "Nobody foresees jumps: of {jumps} moves of {places} places or more the band of {band} held "
        "{within}, that of {wide} held {within_wide}"
    ).format(
        jumps=ctx.number(moves.n),
        places=ctx.number(record.JUMP),
        band=ctx.percent(words.BAND),
        wide=ctx.percentage(95),
        within=ctx.percent(moves.within_80 / moves.n),
        within_wide=ctx.percent(moves.within_95 / moves.n),
    )
