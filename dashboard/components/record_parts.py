"""The rows by which cases are counted: editions, UN groups, regions, LDC and SIDS, each with its name."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import record_words as words
from dashboard.components.language import text as _
from dashboard.reads import record as reads
from dashboard.reads.reader import Reader
from kpis.forecast import record
from kpis.forecast.panel import YEARS_APART


def rows(reader: Reader, ahead: int, by: str) -> pd.DataFrame:
    """`record.by` with `name` in the reader's language. by: of `choices.BY`."""
    tried = reads.cases(reader.warehouse, ahead)
    if by == "special":
        return pd.concat([_special(reader, tried, group) for group in record.SPECIAL], ignore_index=True)
    part = {"edition": "origin", "group": "un_group", "region": "region"}[by]
    table = record.by(tried, part)
    names = [_name(reader, part, value, ahead) for value in table.index]
    return table.reset_index().assign(name=names)


def _name(reader: Reader, part: str, value: object, ahead: int) -> str:
    if part == "origin":
        origin = int(str(value))
        return words.step(origin, origin + YEARS_APART * ahead)
    if part == "region":
        return reader.group(str(value)).name
    return un_groups()[str(value)]


def un_groups() -> dict[str, str]:
    """Names of the four groups of the UN survey, by the EGDI at the time of the forecast."""
    return {"low": _("Low"), "middle": _("Middle"), "high": _("High"), "very_high": _("Very high")}


def _special(reader: Reader, tried: pd.DataFrame, group: str) -> pd.DataFrame:
    """Members and all others, members first."""
    table = record.by(tried, group.lower()).sort_index(ascending=False)
    short = {"LDC": _("LDC"), "SIDS": _("SIDS")}[group]
    names = {
        True: f"{reader.group(group).name} ({short})",
        False: _("All others (not {group})").format(group=short),
    }
    return table.reset_index(drop=True).assign(name=[names[bool(member)] for member in table.index])
