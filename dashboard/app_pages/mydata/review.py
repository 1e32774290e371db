"""What was read is looked at: how the columns were taken, what is wrong, what would change; then accepted."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.mydata import bring
from dashboard.charts.scalars import records
from dashboard.components import download, frame, messages, own, pickers, table
from dashboard.components.file_button import file_button
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.reader import Reader
from dashboard.texts import mark
from kpis.messages import ChoiceError
from kpis.workspace.figures import OwnFigures, Reading, Request, changes
from kpis.workspace.figures.changes import CHANGED, NEW, REMOVED, SAME
from kpis.workspace.figures.keep import key_of

MAPPED = {
    "area": mark("Column of areas"),
    "period": mark("Column of periods"),
    "series": mark("Column of series"),
    "value": mark("Column of values"),
    "area_name": mark("Names of areas"),
    "parent": mark("Parent areas"),
}
KIND_NAMES = {NEW: mark("new figure"), CHANGED: mark("changed figure"), REMOVED: mark("removed figure")}
FIRST = 60  # problems shown; the download has all
EXAMPLES = 12  # figures shown of what changes


def show(reader: Reader) -> None:
    """The file on its way, if there is one that was read."""
    on_way = bring.current()
    if on_way.reading is None:
        return
    reading = on_way.reading
    st.html(
        Markup('<h2 class="e-section">{}</h2>').format(
            _("What was read from {file}").format(file=on_way.file)
        )
    )
    _sum_up(reader, reading)
    if reading.headings:
        with st.expander(_("Columns, country and series of this table"), expanded=reading.figures is None):
            _mapping(reader, reading)
    _problems(reader, reading)
    if reading.figures is not None:
        _series_form(reader, reading.figures)
    if reading.is_good and reading.figures is not None:
        _accept(reader, reading.figures)
    st.button(_("Put this file aside"), key="mydata_forget", on_click=bring.forget, type="tertiary")


def _sum_up(reader: Reader, reading: Reading) -> None:
    number, n_faults = reader.ctx.number, reading.problems.count(fatal=True)
    n = 0 if reading.figures is None else len(reading.figures.figures)
    parts = {"rows": number(reading.n_rows), "n": number(n), "faults": number(n_faults)}
    if reading.is_good:
        areas = number(0 if reading.figures is None else reading.figures.figures["ref_area"].nunique())
        sentence = _(
            "Read without a fault. Figures: {n}; areas: {areas}. Look at what changes, then accept them."
        )
        messages.info(sentence.format(areas=areas, **parts))
    else:
        sentence = _("Nothing was accepted. Faults: {faults}; rows: {rows}. Mend the file and load it again.")
        messages.warning(sentence.format(**parts))


def _mapping(reader: Reader, reading: Reading) -> None:
    """Which column is what, the country of the areas, the series of a table that names none."""
    request = bring.current().request
    choices = {"": _("none"), **{heading: heading for heading in reading.headings if heading}}
    mapping: dict[str, str] = {}
    columns = st.columns(3)
    for at, (role, label) in enumerate(MAPPED.items()):
        taken = request.mapping.get(role, reading.roles.get(role, ""))
        with columns[at % 3]:
            picked = st.selectbox(
                _(label),
                list(choices),
                index=list(choices).index(taken) if taken in choices else 0,
                format_func=choices.__getitem__,
                key=f"mydata_map_{bring.current().n}_{role}",
                placeholder=_(label),
            )
        if picked and (role in request.mapping or picked != reading.roles.get(role)):
            mapping[role] = picked
    country, series = _country_and_series(reader, request)
    told = replace(request, mapping=mapping, country=country, series=series)
    st.button(
        _("Read again"), key="mydata_again", on_click=_again, args=(reader, told), disabled=told == request
    )


def _country_and_series(reader: Reader, request: Request) -> tuple[str, str]:
    first, second = st.columns(2)
    places = {"": _("none")} | pickers.places(reader.warehouse, reader.lang)
    kpis = {"": _("named in the table")} | {kpi.id: kpi.name for kpi in reader.kpis.values()}
    with first:
        country = st.selectbox(
            _("Country of the areas that name no parent"),
            list(places),
            format_func=places.__getitem__,
            index=list(places).index(request.country) if request.country in places else 0,
            key=f"mydata_country_{bring.current().n}",
            placeholder=_("none"),
        )
    with second:
        series = st.selectbox(
            _("KPI of all values"),
            list(kpis),
            format_func=kpis.__getitem__,
            index=list(kpis).index(request.series) if request.series in kpis else 0,
            key=f"mydata_series_{bring.current().n}",
            placeholder=_("named in the table"),
        )
    return country or "", series or ""


def _again(reader: Reader, request: Request) -> None:
    bring.again(reader, request)


def _problems(reader: Reader, reading: Reading) -> None:
    """Faults and notes by row and column, and all of them as a file."""
    problems = reading.problems
    if not problems.listed:
        return
    columns = [Column(_("Kind")), Column(_("Row"), True), Column(_("Column")), Column(_("What"), answer=True)]
    body: list[list[Cell]] = [
        [
            _("fault") if problem.is_fatal else _("note"),
            (str(problem.rows[0]) + (f" +{len(problem.rows) - 1}" if len(problem.rows) > 1 else ""))
            if problem.rows
            else "",
            problem.column,
            problem.said.say(reader.lang),
        ]
        for problem in problems.in_order[:FIRST]
    ]
    title = _("Faults: {faults}; notes: {notes}").format(
        faults=reader.ctx.number(problems.count(fatal=True)),
        notes=reader.ctx.number(problems.count(fatal=False)),
    )
    st.html(Markup('<h3 class="e-title">{}</h3>').format(title))
    st.html(table.html(title, columns, body, tall=True, whole=False))
    if len(problems.listed) > FIRST:
        frame.foot_only(_("The first {n} are shown; the report has all.").format(n=FIRST))
    file_button(
        _("Report of all problems (CSV)"),
        lambda: download.csv(problems.table(reader.lang)),
        "escala_report.csv",
        "text/csv",
        key="mydata_report",
    )


def _series_form(reader: Reader, figures: OwnFigures) -> None:
    """Name, unit, direction, target and gates of the series of one's own."""
    own_series = figures.series[figures.series["kpi"] == ""]
    if own_series.empty:
        return
    n = bring.current().n
    with st.expander(_("Describe your series: unit, direction, target, gates"), expanded=False):
        names = {str(row["series"]): str(row["name"]) for row in records(own_series)}
        series = st.selectbox(
            _("Series"),
            list(names),
            format_func=names.__getitem__,
            key=f"mydata_describe_{n}",
            placeholder=_("Series"),
        )
        row = records(own_series[own_series["series"] == series])[0]
        told = _fields(row, f"mydata_{n}_{list(names).index(str(series))}")
        request = bring.current().request
        described = {**request.described, str(series): told}
        st.button(
            _("Take this description"),
            key="mydata_take_series",
            on_click=_again,
            args=(reader, replace(request, described=described)),
        )


def _fields(row: dict[str, object], key: str) -> dict[str, object]:
    directions = {
        "higher": _("higher is better"),
        "lower": _("lower is better"),
        "context": _("neither is better"),
    }
    first, second, third = st.columns([1.4, 1, 1])
    name = first.text_input(_("Name"), str(row["name"]), key=f"{key}_name", max_chars=120)
    unit = second.text_input(_("Unit"), str(row["unit"]), key=f"{key}_unit", max_chars=60)
    direction = third.selectbox(
        _("Direction"),
        list(directions),
        index=list(directions).index(str(row["direction"])),
        format_func=directions.__getitem__,
        key=f"{key}_direction",
        placeholder=_("Direction"),
    )
    labels = {
        "target": _("Target"),
        "target_year": _("Year of the target"),
        "enhanced": _("Gate: enhanced"),
        "transactional": _("Gate: transactional"),
        "connected": _("Gate: connected"),
    }
    numbers: dict[str, object] = {}
    for column, (role, label) in zip(st.columns(5), labels.items(), strict=True):
        value = row[role]
        held = float(value) if isinstance(value, float) and value == value else None
        step = 1.0 if role == "target_year" else 0.01
        form = "%.0f" if role == "target_year" else "%g"
        numbers[role] = column.number_input(label, value=held, step=step, format=form, key=f"{key}_{role}")
    return {"name": name, "unit": unit, "direction": direction, **numbers}


def _accept(reader: Reader, figures: OwnFigures) -> None:
    """What would change, under which name, and the button."""
    on_way = bring.current()
    name = st.text_input(
        _("Name of this table"),
        on_way.name,
        key=f"mydata_name_{on_way.n}",
        max_chars=80,
        help=_("A table of the same name is replaced."),
    ).strip()
    named = replace(figures, name=name or on_way.file)
    held = {key_of(one.own.name): one.own for one in own.datasets(reader).values()}.get(key_of(named.name))
    found = changes.changes(held, named)
    counts = {kind: reader.ctx.number(n) for kind, n in found.counts.items()}
    template = _(
        "Figures that are new: {new}; changed: {changed}; removed: {removed}; unchanged: {unchanged}."
    )
    st.html(Markup('<p class="e-lead">{}</p>').format(template.format(**counts)))
    if held is not None:
        _examples(reader, found)
    st.button(_("Accept"), key="mydata_accept", type="primary", on_click=_take, args=(named,))


def _examples(reader: Reader, found: changes.Changes) -> None:
    rows = found.rows[found.rows["kind"] != SAME].head(EXAMPLES)
    if rows.empty:
        return
    number = reader.ctx.number
    columns = [
        Column(_("Series")),
        Column(_("Area")),
        Column(_("Period"), True),
        Column(_("Before"), True),
        Column(_("After"), True),
        Column(_("What changes"), answer=True),
    ]
    body: list[list[Cell]] = [
        [
            row["series"],
            row["ref_area"],
            row["time_period"],
            number(row["before"], 3),
            number(row["after"], 3),
            _(KIND_NAMES[row["kind"]]),
        ]
        for row in records(rows)
    ]
    st.html(table.html(_("What changes"), columns, body, whole=False))


def _take(figures: OwnFigures) -> None:
    """Takes the table into the session, and shows it."""
    if not own.put(figures):
        st.session_state["escala_own_says"] = _(
            "A session holds at most {n} tables. Remove one below, then accept this one."
        ).format(n=own.MOST)
        return
    st.session_state[own.SHOW] = f"s-{key_of(figures.name)}"
    own.forget_choice()
    bring.forget()


def say() -> None:
    """What the last action said."""
    if said := st.session_state.pop("escala_own_says", None):
        messages.warning(str(said))


__all__ = ["ChoiceError", "say", "show"]
