"""Classes of a map: few steps a reader can tell apart, each holding about as many countries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.charts.context import Context, Kpi

MOST = 5


@dataclass(frozen=True)
class Classes:
    """`of`: class number per row, 0 the lowest, missing stays missing. `bounds`: (least, most) present value.

    `shades`: index into Look.classes per class, so that few classes still span the whole ramp.
    """

    of: pd.Series
    bounds: list[tuple[float, float]]
    shades: list[int]


def classify(values: pd.Series) -> Classes:
    """At most five classes: one per distinct value if there are few, else quantiles."""
    present = values.dropna()
    distinct = np.sort(present.unique())
    if len(distinct) <= MOST:
        of = values.map({value: at for at, value in enumerate(distinct)})
    else:
        of = pd.qcut(values, MOST, labels=False, duplicates="drop")
        of = of.map({old: at for at, old in enumerate(sorted(of.dropna().unique()))})
    count = int(of.max()) + 1 if of.notna().any() else 0
    bounds = [(float(values[of == at].min()), float(values[of == at].max())) for at in range(count)]
    spread = np.linspace(0, MOST - 1, count).round().astype(int) if count > 1 else [3] * count
    return Classes(of, bounds, [int(shade) for shade in spread])


def labels(classes: Classes, kpi: Kpi, ctx: Context) -> list[str]:
    """Text of each class: its least and greatest value present, in the KPI's precision."""
    shown = []
    for low, high in classes.bounds:
        first, last = ctx.number(low, kpi.precision), ctx.number(high, kpi.precision)
        shown.append(first if first == last else f"{first} – {last}")
    return shown


def legend(classes: Classes, missing: int, kpi: Kpi, ctx: Context, *, outside: bool = False) -> str:
    """The legend as HTML: a swatch and the values of each class, and the hatch of "no data".

    outside: the map also shows land that is no UN Member State.
    """
    parts = [
        f'<li><i style="background:{ctx.look.classes[shade]}"></i>{label}</li>'
        for shade, label in zip(classes.shades, labels(classes, kpi, ctx), strict=True)
    ]
    if missing:
        parts.append(f'<li><i class="nodata"></i>{ctx.t("no data")} ({ctx.number(missing)})</li>')
    if outside:
        parts.append(f'<li><i class="outside"></i>{ctx.t("not a UN Member State")}</li>')
    return f'<ul class="legend">{"".join(parts)}</ul>'
