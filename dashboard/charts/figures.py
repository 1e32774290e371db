"""Figures on a page: every value of a KPI is written here, with its KPI, its year and its age.

`figure` is the only way by which a value of a KPI gets into the HTML of a page. The element says of which KPI
it is (`data-kpi`), from which year or years (`data-year`), how many years ago (`data-age`) and whether it is
beyond the limit (`data-old`: true, false, or past for a point of a history that goes on), so that tests can
count figures without year and old ones without tag.
`words` is the same as plain text, for hover texts, alternative texts and downloads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup, escape

from dashboard.charts.context import MISSING, Context, KpiView
from kpis.freshness import is_old

Year = int | float | None


def figure(
    amount: float | None,
    kpi: KpiView,
    year: Year,
    ctx: Context,
    *,
    dated: bool = True,
    first: Year = None,
    past: bool = False,
    named: bool = True,
    phrase: str = "",
) -> Markup:
    """A value of a KPI with its year, and the tag "old" where its age is beyond the KPI's limit.

    year: of the value; for an aggregate the newest year, with the oldest one as `first`. dated False: the
    year stands beside it on the page already (a column of years), so it is not printed again; the tag is.
    past: a point of a history whose newer values stand beside it, so its age is no fault and has no tag.
    named False: a coded answer without the name of its level, which stands beside it. phrase: what is printed
    in place of the value alone, where several values of the same years make one statement.
    Missing values give the dash, without element.
    """
    if amount is None or pd.isna(amount):
        return escape(MISSING)
    attributes = _attributes(kpi, year, first, ctx, past=past)
    text = phrase or (ctx.named(amount, kpi) if named else ctx.value(amount, kpi))
    when = f' <small class="e-year">({span(year, first)})</small>' if dated else ""
    tag = "" if past else old_tag(kpi, year, ctx)
    return _safe(f'<data class="e-fig" value="{_plain(amount)}"{attributes}>{escape(text)}</data>{when}{tag}')


def computed(
    amount: float | None, kpi: KpiView, year: Year, ctx: Context, *, first: Year = None, sign: bool = False
) -> Markup:
    """What is computed from values and stands beside one of them: a difference, what a line suggests.

    The element holds the year; year and tag are not printed, for the value beside it has them. sign: a
    difference, with plus or minus.
    """
    if amount is None or pd.isna(amount):
        return escape(MISSING)
    text = ctx.number(amount, kpi.precision, sign=True) if sign else ctx.value(amount, kpi)
    element = Markup('<data class="e-fig" value="{}"{} data-computed="true">{}</data>')
    return element.format(_plain(amount), _attributes(kpi, year, first, ctx), text)


def threshold(amount: float | None, kpi: KpiView, ctx: Context) -> Markup:
    """A bar or limit in the unit of a KPI: a number of a rule, which has no year and never gets old."""
    if amount is None or pd.isna(amount):
        return escape(MISSING)
    element = Markup('<data class="e-fig" value="{}" data-kpi="{}" data-rule="true">{}</data>')
    return element.format(_plain(amount), kpi.id, ctx.value(amount, kpi))


def words(amount: float | None, kpi: KpiView, year: Year, ctx: Context, *, first: Year = None) -> str:
    """The same as `figure` in plain text: "18.3% (2020, old)"."""
    if amount is None or pd.isna(amount):
        return MISSING
    return f"{ctx.named(amount, kpi)} ({when(kpi, year, ctx, first=first)})"


def when(kpi: KpiView, year: Year, ctx: Context, *, first: Year = None) -> str:
    """The year of a value in plain text, with the word for old ones: "2024", "2012–2018, old"."""
    period = span(year, first)
    return f"{period}, {ctx.t('old')}" if old(kpi, year, ctx) else period


def old(kpi: KpiView, year: Year, ctx: Context) -> bool:
    """Whether a value of this year is older than the KPI's limit, at the year of reading."""
    return bool(year is not None and not pd.isna(year) and is_old(int(year), kpi.fresh_years, ctx.as_of))


def old_tag(kpi: KpiView, year: Year, ctx: Context) -> Markup:
    """The tag of a value that is older than the KPI's limit; nothing for others."""
    if not old(kpi, year, ctx):
        return Markup("")
    reason = ctx.t("older than the limit of {n} years for this KPI").format(n=ctx.number(kpi.fresh_years))
    return Markup(' <abbr class="e-mark e-old" title="{}">{}</abbr>').format(reason, ctx.t("old"))


def point(amount: float | None, kpi: KpiView, year: Year, ctx: Context) -> Markup:
    """A point of a line that says nothing of today: a base, a target, a trend, what others achieved.

    Its year stands beside it on the page. It has no age and no tag (`data-old` is past or ahead). Missing
    values give the dash.
    """
    if amount is None or year is None or pd.isna(amount) or pd.isna(year):
        return escape(MISSING)
    when = "ahead" if int(year) > ctx.as_of else "past"
    return _point(amount, kpi, int(year), when, ctx)


def forecast(amount: float | None, kpi: KpiView, year: Year, ctx: Context) -> Markup:
    """A value that is forecast for a year: `data-old` is ahead even where that year has come.

    Its year stands beside it on the page. Missing values give the dash.
    """
    if amount is None or year is None or pd.isna(amount) or pd.isna(year):
        return escape(MISSING)
    return _point(amount, kpi, int(year), "ahead", ctx)


def _point(amount: float, kpi: KpiView, year: int, when: str, ctx: Context) -> Markup:
    return _safe(
        f'<data class="e-fig" value="{_plain(amount)}" data-kpi="{escape(kpi.id)}" data-year="{year}" '
        f'data-old="{when}">{escape(ctx.value(amount, kpi))}</data>'
    )


def span(year: Year, first: Year = None) -> str:
    """A year, or the first and last of several: "2019–2024"; the dash where none is known."""
    if year is None or pd.isna(year):
        return MISSING
    if first is None or pd.isna(first) or int(first) == int(year):
        return str(int(year))
    return f"{int(first)}–{int(year)}"


def ends(years: Iterable[float]) -> tuple[Year, Year]:
    """Newest and oldest of some years, as `figure` takes them for an aggregate; None where there is none."""
    present = [int(year) for year in years if year is not None and not pd.isna(year)]
    return (max(present), min(present)) if present else (None, None)


def years(periods: Iterable[float], kpi: KpiView, ctx: Context) -> str:
    """The years of several values in plain text: "2006–2017, old"; old where even the newest is."""
    newest, oldest = ends(periods)
    text = span(newest, oldest)
    return f"{text}, {ctx.t('old')}" if old(kpi, newest, ctx) else text


def sentence(template: str, **parts: object) -> Markup:
    """A translated template with its parts: text is escaped, figures keep their element."""
    return escape(template).format(**parts)


APART = re.compile(r'(<\w+ [^>]*aria-hidden="true">[^<]*</\w+>)(?=\w)')


def plain(text: str) -> str:
    """A sentence without its elements, for titles of pictures and downloads; plain text stays as it is.

    A mark before a word, which the style sheet sets apart, is set apart by a space.

    >>> plain(Markup('so: <i aria-hidden="true">↑</i>on track'))
    'so: ↑ on track'
    """
    return Markup(APART.sub(r"\1 ", str(text))).striptags() if isinstance(text, Markup) else text  # noqa: S704


def _attributes(kpi: KpiView, year: Year, first: Year, ctx: Context, *, past: bool = False) -> Markup:
    if year is None or pd.isna(year):
        return _safe(f' data-kpi="{escape(kpi.id)}"')
    age, is_old_one = ctx.as_of - int(year), "past" if past else str(old(kpi, year, ctx)).lower()
    return _safe(
        f' data-kpi="{escape(kpi.id)}" data-year="{span(year, first)}" data-age="{age}" '
        f'data-old="{is_old_one}"'
    )


def _safe(markup: str) -> Markup:
    """HTML whose parts were escaped where it was put together: `Markup.format` takes ten times as long."""
    return Markup(markup)  # noqa: S704 - see the callers


def _plain(amount: float) -> str:
    """The value as a machine reads it, with the digits that it has."""
    return repr(float(amount))
