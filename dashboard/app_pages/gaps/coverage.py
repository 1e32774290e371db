"""What is known of a country or a group: KPIs with a fresh value, an old one or none, by dimension."""

from __future__ import annotations

import textwrap

import pandas as pd

from dashboard.charts import classes
from dashboard.charts.context import Context, KpiView
from dashboard.charts.figure import Chart, Drawing, bar, heatmap, scatter

KINDS = ("fresh", "old", "none")
ROW, MOST_ROWS = 26, 16


def words(ctx: Context) -> dict[str, str]:
    """The three kinds in words."""
    return {
        "fresh": ctx.t("fresh value"),
        "old": ctx.t("older than its limit"),
        "none": ctx.t("no value"),
    }


def counted(table: pd.DataFrame) -> pd.DataFrame:
    """Adds the three kinds to a table with kpis, held, fresh: they add up to kpis."""
    return table.assign(old=table["held"] - table["fresh"], none=table["kpis"] - table["held"])


def has_value(name: str, held: int, old: int, n: int, ctx: Context) -> str:
    """The headline of a country: "Namibia: 84 of 99 KPIs have a value; 31 are older than their limit."."""
    said = {"name": name, "k": ctx.number(held), "n": ctx.number(n), "old": ctx.number(old)}
    if held == 0:
        return ctx.t("{name}: none of {n} KPIs has a value.").format(**said)
    first = ctx.ngettext("{name}: 1 of {n} KPIs has a value", "{name}: {k} of {n} KPIs have a value", held)
    if old == 0:
        second = ctx.t("none is older than its limit.")
    else:
        second = ctx.ngettext("1 is older than its limit.", "{old} are older than their limit.", old)
    return f"{first}; {second}".format(**said)


def middle(shares: pd.DataFrame, name: str, n: int, ctx: Context) -> str:
    """The headline of a group. shares: name, obs_value (per cent of KPIs with a fresh value)."""
    if shares.empty:
        return ctx.t("{kpi}: no data for this choice.").format(kpi=name)
    ordered = shares.sort_values(["obs_value", "name"])
    low, high = ordered["obs_value"].iloc[0], ordered["obs_value"].iloc[-1]
    return ctx.t(
        "{group}: half of the countries have a fresh value for at least {share} of {n} KPIs. "
        "Fewest: {low_name}, {low}; most: {high_name}, {high}."
    ).format(
        group=name,
        share=ctx.percentage(ordered["obs_value"].median()),
        n=ctx.number(n),
        low_name=ordered["name"].iloc[0],
        low=ctx.percentage(low),
        high_name=ordered["name"].iloc[-1],
        high=ctx.percentage(high),
    )


def thinnest(table: pd.DataFrame, ctx: Context) -> str:
    """In which dimension the share of fresh values is lowest. table: label, kpis, fresh."""
    share = table["fresh"] / table["kpis"]
    row = table.loc[share.idxmin()]
    return ctx.t("Fewest fresh values: {dimension}, {k} of {n}").format(
        dimension=row["label"], k=ctx.number(row["fresh"]), n=ctx.number(row["kpis"])
    )


def bars(table: pd.DataFrame, ctx: Context) -> Chart:
    """One bar per dimension, in three parts with their counts. table: label, kpis, held, fresh."""
    rows = counted(table)
    look, said = ctx.look, words(ctx)
    fill = {"fresh": look.accent, "old": look.paper, "none": look.missing}
    fig = ctx.drawing(len(rows) * (38 if ctx.narrow else 36) + 12)
    labels = [
        "<br>".join(textwrap.wrap(one, 18 if ctx.narrow else 40, break_long_words=False))
        for one in rows["label"]
    ]
    for kind in KINDS:
        fig.add_trace(
            bar(
                name=said[kind],
                y=labels,
                x=rows[kind],
                orientation="h",
                width=0.66,
                marker={
                    "color": fill[kind],
                    "line": {"color": look.accent if kind == "old" else look.peers, "width": 1},
                    "pattern": {
                        "shape": {"fresh": "", "old": "\\", "none": "/"}[kind],
                        "fgcolor": look.accent if kind == "old" else look.peers,
                        "size": 7,
                        "solidity": 0.25,
                    },
                },
                hovertemplate=f"<b>%{{y}}</b><br>{said[kind]}: %{{x}}<extra></extra>",
            )
        )
        _counts(fig, labels, rows, kind, ctx)
    fig.update_layout(barmode="stack")
    fig.update_xaxes(visible=False)
    fig.update_yaxes(
        autorange="reversed",
        automargin=True,
        showgrid=False,
        tickfont={"color": look.ink, "size": 14},
        linecolor=look.paper,
    )
    return fig.chart()


def _counts(fig: Drawing, labels: list[str], rows: pd.DataFrame, kind: str, ctx: Context) -> None:
    """The number of each part in its middle, on the ground of the paper where the part is hatched."""
    start = rows[list(KINDS[: KINDS.index(kind)])].sum(axis=1)
    notes = [
        {
            "x": left + count / 2,
            "y": label,
            "text": ctx.number(count),
            "showarrow": False,
            "borderpad": 1,
            "bgcolor": ctx.look.accent if kind == "fresh" else ctx.look.paper,
            "font": {"color": ctx.look.paper if kind == "fresh" else ctx.look.ink, "size": 14},
        }
        for label, left, count in zip(labels, start, rows[kind], strict=True)
        if count
    ]
    fig.add_annotations(notes)


def bars_alt(table: pd.DataFrame, name: str, ctx: Context) -> str:
    """The bars in words."""
    rows = counted(table)
    parts = [
        ctx.t("{dimension} {fresh} / {old} / {none}").format(
            dimension=row.label,
            fresh=ctx.number(row.fresh),
            old=ctx.number(row.old),
            none=ctx.number(row.none),
        )
        for row in rows.itertuples()
    ]
    lead = ctx.t("KPIs of {name} by dimension, with a fresh value / older than their limit / without value:")
    return f"{lead.format(name=name)} {', '.join(parts)}."


def legend(ctx: Context) -> str:
    """The three kinds as HTML."""
    said = words(ctx)
    parts = [
        f'<li><i class="e-{kind}"></i>{said[kind]}</li>' if kind != "none" else
        f'<li><i class="nodata"></i>{said[kind]}</li>'
        for kind in KINDS
    ]  # fmt: skip
    return f'<ul class="legend">{"".join(parts)}</ul>'


def steps(values: pd.Series, kpi: KpiView, ctx: Context) -> str:
    """The classes of the tiles as HTML."""
    return classes.legend(classes.classify(values), int(values.isna().sum()), kpi, ctx)


def shown(table: pd.DataFrame) -> list[str]:
    """Countries of a heat table: all of a small group, else those with the lowest shares; lowest first."""
    total = table.groupby("ref_area")[["fresh", "kpis"]].sum()
    share = (total["fresh"] / total["kpis"]).sort_values(kind="stable")
    return [str(one) for one in share.index[:MOST_ROWS]]


def heat(table: pd.DataFrame, labels: dict[str, str], ctx: Context) -> Chart:
    """Share of KPIs with a fresh value, country by dimension, five steps with their number in the cell.

    table: ref_area, name, dimension, kpis, fresh; labels: dimensions in their order.
    """
    order = shown(table)
    names = table.drop_duplicates("ref_area").set_index("ref_area")["name"]
    share = (100 * table["fresh"] / table["kpis"]).groupby([table["ref_area"], table["dimension"]]).first()
    wide = share.unstack().reindex(index=order, columns=list(labels))
    scale = [[at / 5, step] for pos, step in enumerate(ctx.look.classes) for at in (pos, pos + 1)]
    wrap = 99 if ctx.narrow else 14
    heads = ["<br>".join(textwrap.wrap(one, wrap, break_long_words=False)) for one in labels.values()]
    rows, cells = [str(names[one]) for one in order], wide.to_numpy()
    fig = ctx.drawing(len(order) * ROW + (120 if ctx.narrow else 64))
    fig.add_trace(
        heatmap(
            x=heads,
            y=rows,
            z=cells,
            zmin=0,
            zmax=100,
            colorscale=scale,
            showscale=False,
            xgap=2,
            ygap=2,
            text=[[ctx.number(one) for one in row] for row in cells],
            hovertemplate="<b>%{y}</b><br>%{x}: %{text} %<extra></extra>",
        )
    )
    fig.add_trace(
        scatter(
            x=heads * len(rows),
            y=[row for row in rows for _head in heads],
            mode="text",
            text=[ctx.number(one) for one in cells.ravel()],
            textfont={
                "size": 12,
                "color": [ctx.look.on_classes[min(int(one // 20), 4)] for one in cells.ravel()],
            },
            hoverinfo="skip",
        )
    )
    fig.update_xaxes(
        side="top",
        showgrid=False,
        tickangle=-90 if ctx.narrow else 0,
        tickfont={"size": 12, "color": ctx.look.ink},
        automargin=True,
        linecolor=ctx.look.paper,
    )
    fig.update_yaxes(
        autorange="reversed",
        automargin=True,
        showgrid=False,
        tickfont={"size": 12, "color": ctx.look.ink},
        linecolor=ctx.look.paper,
    )
    return fig.chart()


def heat_alt(table: pd.DataFrame, labels: dict[str, str], ctx: Context) -> str:
    """The heat table in words: per dimension the middle country's share."""
    share = 100 * table["fresh"] / table["kpis"]
    median = share.groupby(table["dimension"]).median()
    parts = [f"{label} {ctx.percentage(median[one])}" for one, label in labels.items()]
    lead = ctx.t("Share of KPIs with a fresh value by country and dimension; median over the countries:")
    return f"{lead} {', '.join(parts)}."
