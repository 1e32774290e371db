"""The pictures of the page Stages: a country's ladder, or the stages of a group."""

from __future__ import annotations

from dashboard.charts import stage_sentences, stage_words
from dashboard.components.groups import usual_group
from dashboard.components.language import text as _
from dashboard.pictures import makers
from dashboard.pictures.around import alone
from dashboard.pictures.asked import Asked
from dashboard.pictures.model import Ladder, Matrix, Picture
from dashboard.reads import shared as data
from dashboard.reads.reader import Reader
from kpis.errors import RequestError

START = "LDC"  # of which group the page speaks while no country is chosen
ROWS = 16  # of a matrix that can be read on a slide


def picture(asked: Asked) -> Picture:
    """The ladder of a country; the matrix of a group without one or where the address asks for it."""
    reader, area = asked.reader, asked.country()
    years = data.stage_years(reader.warehouse)
    view = asked.one("show", ["ladder", "matrix", "moves"], "ladder" if area else "matrix")
    group = asked.group(usual_group(reader, area) if area else START, "peers")
    asked.check()
    if view == "moves":
        raise RequestError(
            "the view 'moves' of 'stages' has no picture; those that have one: ladder, matrix."
        )
    if not years:
        raise RequestError("no country has a stage yet: too few figures are held.")
    if area and view == "ladder":
        return ladder(reader, area)
    return matrix(reader, group)


def ladder(reader: Reader, area: str) -> Ladder:
    """The stage of each dimension, and what opens the next."""
    profile = data.stage_profile(reader.warehouse, area)
    drawn = makers.ladder(reader, profile)
    held = profile.gates.dropna(subset=["value"])
    n = _("n = {n} of {all} KPIs").format(
        n=reader.ctx.number(len(held)), all=reader.ctx.number(len(profile.gates))
    )
    title = stage_words.standing(reader.area(area).name, profile, reader.dimensions, reader.ctx)
    return alone(drawn, reader, title, _("Stages by Escala, methodology of the Centre"), n)


def matrix(reader: Reader, group: str) -> Matrix:
    """Countries × dimensions; of a large group how many countries stand at each stage of each dimension."""
    ctx, name = reader.ctx, reader.group(group).name
    year = data.stage_years(reader.warehouse)[-1]
    cells = makers.by_stage(data.stage_matrix(reader.warehouse, group, year), reader.area_names)
    title = stage_sentences.group(name, cells, reader.dimensions, ctx)
    unit = f"{name} · " + _("Stage of each dimension, {year}").format(year=year)
    drawn = makers.stage_matrix if len(cells) <= ROWS else makers.stage_counts
    n = _("n = {n} countries").format(n=ctx.number(len(cells)))
    foot = _("Stages by Escala, methodology of the Centre")
    return alone(drawn(reader, cells, title, unit), reader, title, foot, n)
