"""Robustness: would another reasonable index rank the countries alike, and which differences are real?"""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard import data
from dashboard.charts import robustness as charts
from dashboard.charts import robustness_words as words
from dashboard.charts.context import Context
from dashboard.components import (
    frame,
    pickers,
    robustness_choices,
    robustness_frames,
    robustness_tables,
    shell,
)
from dashboard.components.frame import Frame
from dashboard.components.language import text as _
from dashboard.components.robustness_choices import Asked
from dashboard.components.shell import Reader
from dashboard.reads import robustness as reads
from kpis.egdi.robustness import DISTINCT, NEAR, Robustness

MOST_SHOWN = 13  # countries of the group, nearest to the chosen one in rank


def draw(reader: Reader) -> None:
    """The page."""
    top = st.container()
    if not reads.indices(reader.version):
        with top:
            shell.headline(
                _("No index can be rebuilt: none is held with all of its parts."),
                lead=_(
                    "Put figures into the data folder and run escala build; "
                    "escala doctor says what is missing."
                ),
            )
        return
    asked = robustness_choices.show(reader)
    run = reads.run(
        reader.version,
        asked.index,
        asked.edition,
        asked.normalisation,
        asked.aggregation,
        asked.own,
        asked.spread,
    )
    rows = run.table.join(data.areas(reader.version, reader.lang)["name"])
    rows["held"] = rows["near"] >= DISTINCT
    if rows["low"].isna().all():
        with top:
            said = _("{index} {year} cannot be rebuilt: too few countries have all of its parts.")
            shell.headline(said.format(index=run.index, year=run.edition))
    elif asked.area is None:
        _world(reader, run, rows, top)
    elif asked.area not in rows.index:
        name = data.areas(reader.version, reader.lang).at[asked.area, "name"]
        said = _("{name}: {index} {year} does not rank it, so there is nothing to rebuild.")
        with top:
            shell.headline(said.format(name=name, index=run.index, year=run.edition))
        _world(reader, run, rows, None)
    else:
        _country(reader, asked, run, rows, top)


def _world(
    reader: Reader, run: Robustness, rows: pd.DataFrame, top: st.delta_generator.DeltaGenerator | None
) -> None:
    ctx = reader.ctx
    if top is not None:
        with top:
            shell.headline(
                words.world(run.holding, len(rows), NEAR, run.index, run.edition, len(run.draws), ctx),
                lead=_("Choose a country for its own range and to see from whom it can be told apart."),
            )
    rows = rows.sort_values(["published_rank", "name"])
    unit = _("Range of nine of ten indices, in places from the published rank of {index} {year}").format(
        index=run.index, year=run.edition
    )
    left, right = st.columns([1.7, 1], gap="large")
    with left:
        frame.show(
            charts.skyline(rows, NEAR, ctx),
            Frame(
                key="robustness_world",
                title=charts.widest_title(rows, ctx),
                unit=unit,
                alt=charts.skyline_alt(rows, run.holding, NEAR, ctx),
                foot=robustness_tables.foot(reader, run),
                data=robustness_tables.export(reader, run, rows),
                table=robustness_tables.intervals(reader, run, rows, None, unit),
                file=f"escala_robustness_{run.index}_{run.edition}",
                how=robustness_tables.how,
            ),
        )
    with right:
        robustness_frames.by_choice(reader, run, None)
        robustness_frames.shifts(reader, run)


def _country(
    reader: Reader,
    asked: Asked,
    run: Robustness,
    rows: pd.DataFrame,
    top: st.delta_generator.DeltaGenerator,
) -> None:
    ctx, area = reader.ctx, str(asked.area)
    own = rows.loc[area]
    ahead = reads.ahead(reader.version, run, area)
    nearest = _nearest(rows, area)
    open_with = [str(rows.at[one, "name"]) for one in nearest if not ahead.at[one, "distinct"]]
    with top:
        shell.headline(
            words.standing(own["name"], own, len(rows), run.index, run.edition, len(run.draws), ctx),
            lead="" if pd.isna(own["low"]) else _lead(asked, float(own["nominal_rank"]), open_with, ctx),
        )
    left, right = st.columns([1.6, 1], gap="large")
    with left:
        _intervals(reader, asked, run, rows.join(ahead), nearest)
    with right:
        _pair(reader, rows, ahead, area, nearest)
        robustness_frames.by_choice(reader, run, area)
    robustness_frames.without(reader, run, area, str(own["name"]))


def _lead(asked: Asked, nominal: float, open_with: list[str], ctx: Context) -> str:
    fixed = asked.own or asked.normalisation or asked.aggregation
    said = words.alike(open_with, ctx)
    return f"{words.chosen(nominal, ctx)} {said}" if fixed else said


def _nearest(rows: pd.DataFrame, area: str) -> list[str]:
    """Every other country, nearest in published rank first."""
    away = (rows["published_rank"] - rows.at[area, "published_rank"]).abs().drop(index=area)
    return [str(one) for one in away.sort_values(kind="stable").index]


def _intervals(reader: Reader, asked: Asked, run: Robustness, rows: pd.DataFrame, nearest: list[str]) -> None:
    ctx, area = reader.ctx, str(asked.area)
    inside = set(data.members(reader.version, asked.group))
    peers = [one for one in nearest if one in inside][:MOST_SHOWN]
    shown = rows.loc[[area, *peers]].sort_values(["published_rank", "name"])
    group = data.groups(reader.version, reader.lang).at[asked.group, "name"]
    unit = _("Rank in {index} {year}: bar nine of ten indices, diamond published. {group}, nearest in rank")
    unit = unit.format(index=run.index, year=run.edition, group=group)
    alike = int((~rows.loc[peers, "distinct"].astype(bool)).sum())
    frame.show(
        charts.intervals(shown, ctx, marked=area),
        Frame(
            key="robustness_intervals",
            title=words.order_open(alike, len(peers), str(rows.at[area, "name"]), ctx),
            unit=unit,
            alt=charts.alt(shown, ctx),
            foot=robustness_tables.foot(reader, run),
            data=robustness_tables.export(reader, run, shown),
            table=robustness_tables.intervals(reader, run, shown, area, unit),
            file=f"escala_robustness_{run.index}_{run.edition}_{area}",
            how=robustness_tables.how,
        ),
    )


def _pair(reader: Reader, rows: pd.DataFrame, ahead: pd.DataFrame, area: str, nearest: list[str]) -> None:
    names = rows["name"].drop(index=area)
    codes = pickers.by_name(names.to_frame())
    other = pickers.choose(
        _("Is it ahead of …?"),
        "versus",
        codes,
        nearest[0],
        lambda one: pickers.searchable(str(names[one])),
        allowed=_("ISO codes of the UN Member States, such as COL, JAM, NAM"),
    )
    other = other or nearest[0]
    said, counted = words.pair(
        str(rows.at[area, "name"]), str(names[other]), ahead.loc[other], DISTINCT, reader.ctx
    )
    kind = "e-lead" if ahead.at[other, "distinct"] else "e-note"
    st.html(f'<p class="{kind}" role="status"><strong>{escape(said)}</strong> {escape(counted)}</p>')
