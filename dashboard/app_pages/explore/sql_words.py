"""Words of the SQL box: what a row of each table is, examples, and why a query was not answered."""

from __future__ import annotations

from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from dashboard.texts import mark
from kpis.queries.box.ask import AT_ONCE, MOST_CHARACTERS, Limits, QueryError

GRAIN = {
    "area": mark("One row per country or area: names, region, income, population."),
    "area_group": mark("One row per group, member and years of membership."),
    "classification": mark("One row per scheme, country and year: the class a publisher assigned."),
    "coverage": mark("One row per KPI and Member State: years with values, gaps between them."),
    "dimension": mark("One row per dimension."),
    "footnote": mark("One row per footnote."),
    "forecast": mark(
        "One row per measure, country and year ahead: bands of value and rank, chances; KPIs that passed too."
    ),
    "forecast_frozen": mark(
        "One row per measure, country and edition: a forecast frozen before that edition was held."
    ),
    "forecast_gate": mark(
        "One row per KPI with a target: how its forecast did on the past, and the verdict."
    ),
    "group_def": mark("One row per group: names, kind, what membership means."),
    "group_latest": mark("One row per KPI and group: median and mean of latest values."),
    "group_value": mark("One row per KPI, group and year: median, means, n of how many members."),
    "index_value": mark("One row per scenario, index, country and year: index computed from its parts."),
    "input_year": mark("One row per input with a named source: the year it was measured, and by what."),
    "kpi": mark("One row per KPI: names, unit, direction, target, source, terms."),
    "kpi_class": mark("One row per KPI and class of its map: where it begins and its name."),
    "kpi_group": mark("One row per named group of KPIs and KPI in it."),
    "kpi_held": mark("One row per KPI: for how many States and years a value is held."),
    "kpi_latest": mark("One row per KPI and country: latest value, its year, age and rank."),
    "kpi_left_out": mark("One row per KPI that a build with open sources only leaves out; usually none."),
    "kpi_part": mark("One row per KPI and KPI whose figures are inside it, itself included."),
    "kpi_value": mark("One row per KPI, country and year: the value, as published or derived."),
    "membership_note": mark("One row per member of a group whose membership is about to change or in doubt."),
    "meta": mark("One row: data version, year of reference, time of build."),
    "observation": mark("One row per series, country and year, as the source publishes it."),
    "progress": mark("One row per KPI with a target, Member State and method: rates, projection, status."),
    "release_change": mark("One row per series, country and year whose value the last release changed."),
    "score": mark("One row per scenario, KPI, country and year: score from 0 to 100."),
    "sdg_link": mark("One row per KPI and SDG target: kind of evidence."),
    "series": mark("One row per series: source, KPI, years and areas."),
    "source": mark("One row per source: publisher, terms, release, years."),
    "stage": mark("One row per dimension, Member State and year: stage, what blocks, confidence."),
    "stage_overall": mark("One row per Member State and year: overall stage."),
    "standing": mark("One row per KPI, Member State and year: rank, n, percentile, change."),
}

EXAMPLES = (
    (
        mark("Largest rises of rank"),
        mark("EGDI: places gained since the edition before"),
        "select a.{name}, s.previous_period, s.time_period, s.rank, s.rank_change\n"
        "from standing as s\njoin area as a on a.ref_area = s.ref_area\n"
        "where s.measure = 'EGDI' and s.time_period = 2024\n"
        "order by s.rank_change desc nulls last, a.{name}\nlimit 20",
    ),
    (
        mark("Medians of groups"),
        mark("median EGDI of some groups in each edition"),
        "select group_id, time_period, median, n, n_members\n"
        "from group_value\nwhere measure = 'EGDI' and group_id in ('WORLD', 'LDC', 'SIDS', 'LLDC')\n"
        "order by group_id, time_period",
    ),
    (
        mark("KPIs by age"),
        mark("how old are the latest values of each KPI?"),
        "select k.kpi, k.dimension, count(*) as countries, median(l.age) as median_age\n"
        "from kpi_latest as l\njoin kpi as k on k.kpi = l.kpi\n"
        "join area as a on a.ref_area = l.ref_area\nwhere a.un_member\n"
        "group by k.kpi, k.dimension\norder by median_age desc, k.kpi",
    ),
)  # title, comment, query; the first is answered where the reader has written none


REASONS = {
    "empty": mark("The query is empty. Write one SELECT statement."),
    "length": mark("The query has {detail} characters; allowed are {most}. Shorten it."),
    "statements": mark("These are {detail} statements; one SELECT is allowed. Remove the others."),
    "select": mark("“{detail}” is not allowed: only one SELECT is. The warehouse is read-only."),
    "table": mark("“{detail}” is no table of the warehouse. The tables are listed beside the query."),
    "function": mark(
        "The function “{detail}” is not allowed: queries read the tables listed beside, no files, "
        "no network, no settings."
    ),
    "depth": mark("The query is nested too deeply. Simplify it."),
    "time": mark("The query was stopped after {seconds} seconds. Select fewer rows, or join on keys."),
    "memory": mark("The query was stopped: it needs too much memory. Select fewer rows or columns."),
    "size": mark("The query was stopped: its result is too large. Select fewer or shorter columns."),
    "busy": mark("Too many queries are running. Try again in {detail} s."),
    "columns": mark("The answer would have {detail} columns; allowed are {columns}. Select fewer."),
    "pivot": mark(
        "PIVOT needs its columns named, as the standard has it: from … pivot (first(obs_value) for "
        "ref_area in ('COL', 'URY'))."
    ),
}  # by kind of QueryError; an error of the engine has its own words


def examples(lang: str) -> list[tuple[str, str]]:
    """Title and query of each example; comments and the names of countries in the language."""
    return [
        (_(title), f"-- {_(comment)}\n{query.format(name=f'name_{lang}')}")
        for title, comment, query in EXAMPLES
    ]


def limits(reader: Reader) -> str:
    """What a query may do, in one sentence."""
    number, limit = reader.ctx.number, Limits()
    return _(
        "One SELECT on the tables listed; read-only, no files, no network. At most {characters} characters, "
        "{rows} rows and {seconds} seconds; {n} queries at a time."
    ).format(
        characters=number(MOST_CHARACTERS),
        rows=number(limit.rows),
        seconds=number(limit.seconds),
        n=number(AT_ONCE),
    )


def why(fault: QueryError, reader: Reader) -> str:
    """Why a query was not answered, and what to do; the engine's own reason stands apart, in English."""
    number, limit = reader.ctx.number, Limits()
    line, column = fault.place or (0, 0)
    return _template(fault).format(
        detail=fault.detail,
        most=number(MOST_CHARACTERS),
        seconds=number(limit.seconds),
        columns=number(limit.columns),
        line=line,
        column=column,
    )


def _template(fault: QueryError) -> str:
    if fault.kind in REASONS:
        return _(REASONS[fault.kind])
    if fault.place:
        return _("The engine does not accept the query at line {line}, column {column}:")
    return _("The engine does not accept the query:")
