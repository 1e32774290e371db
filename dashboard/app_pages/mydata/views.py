"""The views of own figures: ranking, trend, the areas within each area; each a chart with its table."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from markupsafe import Markup

from dashboard.app_pages.mydata import drawing
from dashboard.app_pages.mydata.choice import Shown
from dashboard.charts import figures, own_values
from dashboard.charts.figure import Chart
from dashboard.charts.scalars import records
from dashboard.components import frame, own, shell, table
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.reader import Reader
from kpis.workspace.figures import answers
from kpis.workspace.figures.periods import month_of

TOP = 3  # areas of the usual trend


def headline(reader: Reader, shown: Shown) -> None:
    """What the ranking says, in a sentence."""
    rows = _rows(shown)
    number, ctx, kpi = reader.ctx.number, reader.ctx, shown.kpi
    if rows.empty:
        shell.headline(_("{series}: no figures for this choice").format(series=kpi.name))
        return
    first, middle = rows.iloc[0], rows["obs_value"].median()
    template = _("{series}: {first} leads with {value}; the median of {n} areas is {median}")
    if kpi.direction == "context":
        template = _("{series}: {first} has the highest value, {value}; the median of {n} areas is {median}")
    if len(rows) == 1:
        template = _("{series}: {first} has {value}")
    shell.headline(
        figures.sentence(
            template,
            series=kpi.name,
            first=first["name"],
            value=own_values.figure(first["obs_value"], kpi, ctx, str(first["time_period"])),
            n=number(len(rows)),
            median=own_values.figure(middle, kpi, ctx, own_values.span(rows["time_period"])),
        ),
        kicker=_("The worked example") if shown.is_example else _("Own figures"),
        lead=_lead(shown),
    )


def _lead(shown: Shown) -> str:
    if shown.is_example:
        return _(
            "This is how a table of your own looks. Figures of Colombia’s Ministry of ICT by municipality, "
            "as they ship with Escala; its area codes are those of DIVIPOLA."
        )
    text = _("{table}. These figures are yours: they enter no international rank and no median of countries.")
    return text.format(table=shown.own.name)


def show(reader: Reader, shown: Shown) -> None:
    """The view that is chosen."""
    rows = _rows(shown)
    if rows.empty:
        frame.sentence_only(
            shown.kpi.name, _("There is no figure for this choice. Choose another period or level.")
        )
        return
    draw = {"ranking": _ranking, "trend": _trend, "within": _parents}[shown.view]
    frame.show(*draw(reader, shown, rows))


def _rows(shown: Shown) -> pd.DataFrame:
    return answers.ranking(shown.own, shown.series, shown.period, level=shown.level)


def _framed(
    reader: Reader,
    shown: Shown,
    chart: Chart,
    title: str,
    alt: str,
    rows: pd.DataFrame,
    html: Callable[[], str],
    note: str = "",
    legend: str = "",
) -> tuple[Chart, Frame]:
    export = rows.assign(
        series=shown.series, series_name=shown.kpi.name, unit=shown.kpi.unit, source=_("own figures")
    )
    count = _("areas: {n}").format(
        n=reader.ctx.number(rows["ref_area"].nunique() if "ref_area" in rows else len(rows))
    )
    badge = Markup("") if shown.is_example else own.badge() + " "
    foot = Markup("{}{}: {} · {}").format(badge, _("Source"), shown.own.name, count)
    return chart, Frame(
        key=f"mydata_{shown.view}",
        title=title,
        unit=shown.kpi.unit,
        alt=alt,
        foot=foot + (Markup(" · {}").format(note) if note else Markup("")),
        data=lambda: export,
        table=html,
        file=f"escala_own_{shown.view}",
        legend=legend,
        is_own=True,
    )


def _ranking(reader: Reader, shown: Shown, rows: pd.DataFrame) -> tuple[Chart, Frame]:
    ctx, kpi = reader.ctx, shown.kpi
    place = next(iter(shown.places), None)
    title = _("{series}, {period}").format(series=kpi.name, period=shown.period or _("newest of each area"))
    if place is not None and (rows["ref_area"] == place).any():
        title = _title_of_place(reader, shown, rows, place)
    shown_rows = pd.concat([rows.head(2), rows.tail(1)]) if len(rows) > TOP else rows
    alt = "; ".join(f"{row['name']} {ctx.value(row['obs_value'], kpi)}" for row in records(shown_rows))
    return _framed(
        reader,
        shown,
        drawing.ranking(rows, kpi, ctx, place),
        title,
        f"{title}: {alt}",
        rows,
        lambda: _ranking_table(reader, shown, rows),
    )


def _title_of_place(reader: Reader, shown: Shown, rows: pd.DataFrame, place: str) -> str:
    row = rows[rows["ref_area"] == place].iloc[0]
    details = {
        "area": row["name"],
        "value": own_values.figure(row["obs_value"], shown.kpi, reader.ctx, row["time_period"]),
        "period": row["time_period"],
        "n": reader.ctx.number(len(rows)),
    }
    if pd.isna(row["rank"]):
        return figures.sentence(_("{area}: {value} ({period})"), **details)
    rank = reader.ctx.number(row["rank"])
    return figures.sentence(_("{area}: {value} ({period}), rank {rank} of {n}"), rank=rank, **details)


def _ranking_table(reader: Reader, shown: Shown, rows: pd.DataFrame) -> str:
    number, ctx = reader.ctx.number, reader.ctx
    columns = [
        Column(_("Area")),
        Column(_("Rank"), True),
        Column(_("Value"), True, answer=True),
        Column(_("Period"), True),
        Column(_("Parent area")),
        Column(_("Note")),
    ]
    body: list[list[Cell]] = [
        [
            str(row["name"]),
            number(row["rank"]),
            own_values.figure(row["obs_value"], shown.kpi, ctx, row["time_period"]),
            str(row["time_period"]),
            str(row["parent_name"]),
            " ".join(part for part in (str(row["obs_status"]), str(row["note"])) if part),
        ]
        for row in records(rows)
    ]
    marked = frozenset(at for at, area in enumerate(rows["ref_area"]) if area in shown.places)
    return table.html(shown.kpi.name, columns, body, marked=marked, tall=True)


def _trend(reader: Reader, shown: Shown, rows: pd.DataFrame) -> tuple[Chart, Frame]:
    ctx, kpi = reader.ctx, shown.kpi
    places = list(shown.places) or rows["ref_area"].head(TOP).tolist()
    named = answers.names(shown.own)
    course = answers.course(shown.own, shown.series, places)
    lines = [
        (named[place], "series", part)
        for place in places
        if not (part := course[course["ref_area"] == place]).empty
    ]
    middle = answers.median_course(shown.own, shown.series, tuple(rows["ref_area"]))
    if len(rows) > len(places) and not middle.empty:
        name = _("median of {n} areas").format(n=ctx.number(len(rows)))
        lines.append((name, "median", middle))
    alt = "; ".join(
        f"{name}: {ctx.value(part['obs_value'].iloc[0], kpi)} ({part['time_period'].iloc[0]}) – "
        f"{ctx.value(part['obs_value'].iloc[-1], kpi)} ({part['time_period'].iloc[-1]})"
        for name, _role, part in lines
    )
    title = _("{series}, {first} to {last}").format(
        series=kpi.name, first=course["time_period"].iloc[0], last=course["time_period"].iloc[-1]
    )
    chart = drawing.courses(lines, _target(shown), kpi, ctx)
    export = course.drop(columns="at").assign(name=course["ref_area"].map(named))
    return _framed(
        reader,
        shown,
        chart,
        title,
        f"{title}. {alt}",
        export,
        lambda: _trend_table(reader, shown, lines),
        legend=drawing.legend(lines, kpi, ctx) if ctx.narrow else "",
    )


def _target(shown: Shown) -> tuple[float, int] | None:
    row = shown.own.series[shown.own.series["series"] == shown.series].iloc[0]
    if pd.isna(row["target"]) or pd.isna(row["target_year"]):
        return None
    return float(row["target"]), int(row["target_year"])


def _trend_table(reader: Reader, shown: Shown, lines: list[tuple[str, str, pd.DataFrame]]) -> str:
    by_line = [dict(zip(rows["time_period"], rows["obs_value"], strict=True)) for _name, _role, rows in lines]
    newest = [max(line, key=month_of) for line in by_line]
    ends = {
        period: at
        for _name, _role, rows in lines
        for period, at in zip(rows["time_period"], rows["at"], strict=True)
    }
    body: list[list[Cell]] = [
        [
            period,
            *(
                own_values.figure(line.get(period), shown.kpi, reader.ctx, period, past=period != last)
                for line, last in zip(by_line, newest, strict=True)
            ),
        ]
        for period in sorted(ends, key=lambda period: (ends[period], period), reverse=True)
    ]
    columns = [Column(_("Period")), *(Column(name, True) for name, _role, _rows in lines)]
    return table.html(shown.kpi.name, columns, body, tall=True, no_data=_("no data"))


def _parents(reader: Reader, shown: Shown, _ranked: pd.DataFrame) -> tuple[Chart, Frame]:
    ctx, kpi = reader.ctx, shown.kpi
    parents = answers.within(shown.own, shown.series, shown.period)
    title = _("{series}: lowest, median and highest area of each parent area").format(series=kpi.name)
    if parents.empty:
        parents = pd.DataFrame([{column: None for column in answers.WITHIN}]).iloc[:0]
    means = answers.weighted(shown.own, shown.series, shown.weight, shown.period) if shown.weight else None
    if means is not None:
        parents = parents.merge(means[["parent", "mean"]], on="parent", how="left")
    note = _(
        "● median of the areas within: no figure of the parent area itself; each area counts once, whatever "
        "its size"
    )
    if shown.weight:
        names = dict(zip(shown.own.series["series"], shown.own.series["name"], strict=True))
        said = _("◇ mean weighted by {series}, of the areas that have both").format(
            series=names[shown.weight]
        )
        note = f"{note} · {said}"
    alt = f"{title}. " + "; ".join(
        f"{row['name']} {ctx.value(row['median'], kpi)}" for row in records(parents.head(TOP))
    )
    return _framed(
        reader,
        shown,
        drawing.within(parents, kpi, ctx),
        title,
        alt,
        parents,
        lambda: _parents_table(reader, shown, title, parents),
        note,
    )


def _parents_table(reader: Reader, shown: Shown, title: str, parents: pd.DataFrame) -> str:
    ctx, kpi = reader.ctx, shown.kpi
    columns = [
        Column(_("Parent area")),
        Column(_("Areas"), True),
        Column(_("Lowest"), True),
        Column(_("Median of its areas"), True, answer=True),
        Column(_("Highest"), True),
        *([Column(_("Weighted mean"), True)] if shown.weight else []),
        Column(_("Best area")),
        Column(_("Newest period"), True),
    ]
    body: list[list[Cell]] = [
        [
            str(row["name"]),
            ctx.number(row["n"]),
            *(
                own_values.figure(row[name], kpi, ctx, row["time_period"])
                for name in ("lowest", "median", "highest", *(["mean"] if shown.weight else []))
            ),
            str(row["best_area"]),
            str(row["time_period"]),
        ]
        for row in records(parents)
    ]
    return table.html(title, columns, body, tall=True)
