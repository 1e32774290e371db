"""Frames of what moves a rank: the share of each choice, and the rank without each component."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import robustness_causes as causes
from dashboard.charts import robustness_words as words
from dashboard.components import frame, robustness_tables
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.components.shell import Reader
from kpis.egdi.robustness import Robustness


def by_choice(reader: Reader, run: Robustness, area: str | None) -> None:
    """The share of each choice in the variance of a country's rank, or of all ranks."""
    ctx, found = reader.ctx, causes.shares(run.parts, area)
    if found.empty:
        said = _("No choice that is left open moves the rank.")
        frame.said_only(_("What matters most"), said)
        return
    unit = _("Share of each choice in the variance of the rank")
    body = [[words.choice(str(one), ctx), words.share(part, ctx)] for one, part in found.items()]
    shown = found.rename("share").rename_axis("choice").to_frame()
    frame.show(
        causes.bars(found, ctx),
        Frame(
            key="robustness_causes",
            title=causes.bars_title(found, ctx),
            unit=unit,
            alt=causes.bars_alt(found, ctx),
            foot="",
            data=robustness_tables.export(reader, run, shown),
            table=robustness_tables.plain(unit, _("Choice"), _("Share"), body),
            file=f"escala_robustness_choices_{run.index}_{run.edition}_{area or 'world'}",
            how=robustness_tables.how,
            narrow=True,
        ),
    )


def shifts(reader: Reader, run: Robustness) -> None:
    """Mean shift of all ranks without each component."""
    ctx, labels = reader.ctx, robustness_tables.labels(reader, run)
    away = run.without.sub(run.table["nominal_rank"], axis=0).abs().mean().dropna()
    unit = _("Mean shift of ranks without each component, in places")
    frame.show(
        causes.shifts(away, labels, ctx),
        Frame(
            key="robustness_shifts",
            title=causes.shifts_title(away, labels, ctx),
            unit=unit,
            alt=causes.without_alt(away, labels, ctx, precision=1),
            foot="",
            data=robustness_tables.export(
                reader, run, away.rename("mean_shift").rename_axis("component").to_frame()
            ),
            table=robustness_tables.plain(
                unit,
                _("Component"),
                _("Places"),
                [[labels[str(k)], ctx.number(v, 1)] for k, v in away.items()],
            ),
            file=f"escala_robustness_without_{run.index}_{run.edition}",
            how=robustness_tables.how,
            narrow=True,
        ),
    )


def without(reader: Reader, run: Robustness, area: str, name: str) -> None:
    """A country's rank without each component."""
    ctx, labels = reader.ctx, robustness_tables.labels(reader, run)
    ranks, nominal = run.without.loc[area].dropna(), float(run.table.at[area, "nominal_rank"])
    if ranks.empty or pd.isna(nominal):
        return
    unit = _("{name}: rank without each component; the line is the rank with all of them").format(name=name)
    frame.show(
        causes.moves(ranks, nominal, labels, ctx),
        Frame(
            key="robustness_without",
            title=causes.moves_title(ranks, nominal, labels, ctx),
            unit=unit,
            alt=causes.without_alt(ranks, labels, ctx),
            foot="",
            data=robustness_tables.export(
                reader, run, ranks.rename("rank").rename_axis("component").to_frame()
            ),
            table=robustness_tables.plain(
                unit, _("Component"), _("Rank"), [[labels[str(k)], ctx.number(v)] for k, v in ranks.items()]
            ),
            file=f"escala_robustness_without_{run.index}_{run.edition}_{area}",
            how=robustness_tables.how,
        ),
    )
