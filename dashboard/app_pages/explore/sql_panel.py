"""The SQL box: the reader's query, its rows or why there are none, and the tables beside it."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

import pandas as pd
import streamlit as st

from dashboard.app_pages.explore import reads, sql_words
from dashboard.charts.context import MISSING
from dashboard.components import frame, shell, state, table
from dashboard.components.language import ngettext
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.reader import Reader
from kpis.queries.box.ask import Answer, QueryError

SHOWN = 200  # rows on screen; the download holds all
MOST_CELL = 120  # characters of one cell on screen
MOST_ADDRESS = 6000  # bytes of the query in the address; the server reads 8 KB in all
DECIMALS = 4


def show(reader: Reader, top: st.delta_generator.DeltaGenerator) -> None:
    """The box, its answer under `top`, and the tables."""
    query = state.store().lines("sql", MOST_ADDRESS) or sql_words.EXAMPLES[0][1]
    left, right = st.columns([1.9, 1], gap="large")
    with left:
        _box(query)
        found = reads.answer(reader.warehouse, query)
        if isinstance(found, Answer):
            _rows(reader, found)
        else:
            _refused(reader, found)
    with right:
        st.html(schema(reads.schema(reader.warehouse)))
    with top:
        shell.headline(headline(found, reader), lead=sql_words.limits(reader))
    if len(quote(query)) > MOST_ADDRESS:
        frame.foot_only(_("The query is too long for the address: a link does not hold it."))


def headline(found: Answer | QueryError, reader: Reader) -> str:
    """What came of the query."""
    if not isinstance(found, Answer):
        return _("The query was not answered")
    n = len(found.rows)
    if found.cut:
        said = _("The first {n} rows of the query; there are more")
    else:
        said = ngettext("The query gives 1 row", "The query gives {n} rows", n)
    return said.format(n=reader.ctx.number(n))


def _box(query: str) -> None:
    st.session_state[state.widget("sql")] = query
    with st.form("sql_form", border=False):
        st.text_area(_("One SELECT statement"), key=state.widget("sql"), height=180)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.form_submit_button(_("Run"), type="primary", on_click=state.take, args=("sql",))
    with st.container(key="sql_examples", horizontal=True, vertical_alignment="center"):
        st.html(f'<span class="e-foot">{escape(_("Examples:"))}</span>', width="content")
        for n, (title, example) in enumerate(sql_words.EXAMPLES):
            st.button(
                _(title), key=f"sql_{n}", type="tertiary", on_click=state.store().put, args=("sql", [example])
            )


def _rows(reader: Reader, found: Answer) -> None:
    if found.rows.empty:
        frame.said_only(_("No rows"), _("The query is right and no row fits it."))
        return
    n, shown = len(found.rows), found.rows.head(SHOWN)
    title = _("Rows 1 to {last} of {n}").format(last=reader.ctx.number(len(shown)), n=reader.ctx.number(n))
    frame.table_only(title, markup(reader, shown, _("Rows of the query")), found.rows, "escala_query")


def markup(reader: Reader, rows: pd.DataFrame, caption: str) -> str:
    """The rows as a table. Whole numbers without thousands marks, as they may be years."""
    numeric = [pd.api.types.is_numeric_dtype(kind) for kind in rows.dtypes]
    columns = [Column(str(name), is_number) for name, is_number in zip(rows.columns, numeric, strict=True)]
    body = [[_cell(value, reader) for value in row] for row in rows.astype(object).itertuples(index=False)]
    return table.html(caption, columns, body, tall=True, no_data=_("no data"))


def _cell(value: object, reader: Reader) -> Cell:
    if value is None or value is pd.NA or value != value:
        return MISSING
    if isinstance(value, bool | int):
        return str(value).lower() if isinstance(value, bool) else str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else _decimal(value, reader)
    said = str(value)
    return said if len(said) <= MOST_CELL else f"{said[: MOST_CELL - 1]}…"


def _decimal(value: float, reader: Reader) -> str:
    plain = abs(value) < 1e15 and abs(value) >= 10**-DECIMALS
    return reader.ctx.number(value, DECIMALS) if plain else f"{value:g}"


def _refused(reader: Reader, fault: QueryError) -> None:
    said = f"<p>{escape(sql_words.why(fault, reader))}</p>"
    if fault.kind == "engine":
        said += f'<pre lang="en">{escape(fault.detail)}</pre>'
    st.html(f'<div class="e-note e-sql-fault" role="alert">{said}</div>')


def schema(tables: dict[str, list[tuple[str, str]]]) -> str:
    """The tables with what a row is and their columns, as safe HTML; each opens with a click."""
    parts = []
    for name, columns in tables.items():
        listed = "".join(
            f"<li><code>{escape(column)}</code> <small>{escape(kind.lower())}</small></li>"
            for column, kind in columns
        )
        grain = escape(_(sql_words.GRAIN[name])) if name in sql_words.GRAIN else ""
        parts.append(
            f"<details><summary><code>{escape(name)}</code> <span>{grain}</span></summary>"
            f"<ul>{listed}</ul></details>"
        )
    title = escape(_("Tables and their columns"))
    return (
        f'<h2 class="e-title">{title}</h2>'
        f'<div class="e-schema" tabindex="0" role="region" aria-label="{title}">{"".join(parts)}</div>'
    )
