"""Classes of a map: few steps a reader can tell apart, the same in every year of a KPI.

A KPI brings its classes along (`KpiView.bounds`): levels of a coded answer, groups of its publisher, or
parts of all its values of all years. Counts that are no KPI get as many areas in each class as there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from markupsafe import Markup

from dashboard.charts.context import Context, KpiView
from dashboard.charts.look import Look

MOST = 5
MIDDLE = MOST // 2


@dataclass(frozen=True)
class Classes:
    """`of`: class number per row, 0 the lowest, missing stays missing. `counts`: rows in each class.

    `shades`: index into the ramp of the look per class, so that few classes still span the whole ramp.
    `sided`: the ramp is that of two sides of a neutral value. `spans`: (least, most) present value of each
    class where the classes were made from these values; empty where they belong to the KPI.
    """

    of: pd.Series
    counts: list[int]
    shades: list[int]
    sided: bool = False
    spans: tuple[tuple[float, float], ...] = ()

    def fills(self, look: Look) -> list[str]:
        """The colour of each class."""
        return [(look.sides if self.sided else look.classes)[shade] for shade in self.shades]

    def letters(self, look: Look) -> list[str]:
        """The colour of text on each class."""
        return [(look.on_sides if self.sided else look.on_classes)[shade] for shade in self.shades]


def classify(values: pd.Series, kpi: KpiView | None = None) -> Classes:
    """The classes of the KPI; without any, at most five: one per distinct value if few, else quantiles."""
    if kpi is None or not kpi.bounds:
        return _of_these(values)
    of = pd.Series(np.searchsorted(kpi.bounds, values, side="right"), values.index, dtype=float)
    of = of.where(values.notna())
    count = len(kpi.bounds) + 1
    shades = _ramp(count) if kpi.centre is None else _sides(kpi.bounds, kpi.centre)
    return Classes(of, _counts(of, count), shades, sided=kpi.centre is not None)


def _of_these(values: pd.Series) -> Classes:
    distinct = np.sort(values.dropna().unique())
    if len(distinct) <= MOST:
        of = values.map({value: at for at, value in enumerate(distinct)})
    else:
        of = pd.qcut(values, MOST, labels=False, duplicates="drop")
        of = of.map({old: at for at, old in enumerate(sorted(of.dropna().unique()))})
    count = int(of.max()) + 1 if of.notna().any() else 0
    spans = [(float(values[of == at].min()), float(values[of == at].max())) for at in range(count)]
    return Classes(of, _counts(of, count), _ramp(count), spans=tuple(spans))


def _counts(of: pd.Series, count: int) -> list[int]:
    return [int((of == at).sum()) for at in range(count)]


def _ramp(count: int) -> list[int]:
    return [int(at) for at in np.linspace(0, MOST - 1, count).round()] if count > 1 else [3] * count


def _sides(bounds: tuple[float, ...], centre: float) -> list[int]:
    """The class of the centre in the middle of the ramp, the others as far from it as they lie."""
    neutral = int(np.searchsorted(bounds, centre, side="right"))
    return [min(max(MIDDLE + at - neutral, 0), MOST - 1) for at in range(len(bounds) + 1)]


def labels(classes: Classes, kpi: KpiView, ctx: Context) -> list[str]:
    """Text of each class: its level or its range with the unit's symbol, and the name of its group."""
    if classes.spans:
        return [_span(low, high, kpi, ctx) for low, high in classes.spans]
    if kpi.coded:
        return [ctx.named(code, kpi) for code in range(len(kpi.bounds) + 1)]
    ranges = _ranges(kpi, ctx)
    if not kpi.class_names:
        return ranges
    return [f"{name}: {text}" for name, text in zip(kpi.class_names, ranges, strict=True)]


def _span(low: float, high: float, kpi: KpiView, ctx: Context) -> str:
    first, last = ctx.number(low, kpi.precision), ctx.number(high, kpi.precision)
    return _united(first if first == last else f"{first} – {last}", kpi, ctx)


def _ranges(kpi: KpiView, ctx: Context) -> list[str]:
    digits = max(_digits(bound, kpi.precision) for bound in kpi.bounds)
    bounds = [ctx.number(bound, digits) for bound in kpi.bounds]
    under = ctx.t("under {bound}").format(bound=_united(bounds[0], kpi, ctx))
    over = ctx.t("{bound} or more").format(bound=_united(bounds[-1], kpi, ctx))
    if kpi.bounds[-1] == kpi.most:
        over = _united(bounds[-1], kpi, ctx)
    between = [_united(f"{low} – {high}", kpi, ctx) for low, high in pairwise(bounds)]
    return [under, *between, over]


def _digits(bound: float, most: int) -> int:
    """Decimals that a bound needs, at most those of the KPI."""
    return next((digits for digits in range(most) if round(bound, digits) == bound), most)


def _united(text: str, kpi: KpiView, ctx: Context) -> str:
    return ctx.with_symbol(text, kpi)


def legend(
    classes: Classes,
    missing: int,
    kpi: KpiView,
    ctx: Context,
    *,
    outside: bool = False,
    own: str = "",
    steps: bool = False,
) -> str:
    """The legend as HTML: swatch, values and number of areas of each class, and the hatch of "no data".

    steps: of a chart with steps of time, which writes the numbers of another year into it.
    outside: the map also shows land that is no UN Member State. own: the entry of the reader's own country
    (`dashboard/charts/own.py`), which stands first.
    """
    item = Markup('<li data-class="{}"><i style="background:{}"></i>{} <small>({})</small></li>')
    rows = zip(classes.fills(ctx.look), labels(classes, kpi, ctx), classes.counts, strict=True)
    parts = [
        own,
        *(item.format(at, fill, label, ctx.number(count)) for at, (fill, label, count) in enumerate(rows)),
    ]
    hatch = Markup('<li data-class="-1"{}><i class="nodata"></i>{} <small>({})</small></li>')
    if missing or steps:
        unseen = "" if missing else Markup(" hidden")
        parts.append(hatch.format(unseen, ctx.t("no data"), ctx.number(missing)))
    if outside:
        parts.append(Markup('<li><i class="outside"></i>{}</li>').format(ctx.t("not a UN Member State")))
    return Markup('<ul class="legend">{}</ul>').format(Markup("").join(parts))
