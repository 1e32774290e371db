"""The SQL box: the reader's query, its rows or why there are none, and the tables beside it."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from dashboard.app_pages.explore import reads, sql_words
from dashboard.charts.context import MISSING
from dashboard.components import frame, shell, state, table
from dashboard.components.container import Container
from dashboard.components.language import ngettext
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.reader import Reader
from kpis.queries.box.ask import Answer, QueryError

MOST_ROWS = 200  # rows on screen; the download holds all
MOST_CELL = 120  # characters of one cell on screen
MOST_ADDRESS = 6000  # bytes of the query in the address; the server reads 8 KB in all
DECIMALS = 4


def show(reader: Reader, top: Container) -> None:
    """The box, its answer under `top`, and the tables."""
    examples = sql_words.examples(reader.lang)
    query = state.store().lines("sql", MOST_ADDRESS) or examples[0][1]
    left, right = st.columns([1.9, 1], gap="large")
    with left:
        _box(query, examples)
        answer = reads.answer(reader.warehouse, query)
        if isinstance(answer, Answer):
            _rows(reader, answer)
        else:
            _refused(reader, answer)
    with right:
        st.html(schema(reads.schema(reader.warehouse), reader))
    with top:
        shell.headline(headline(answer, reader), lead=sql_words.limits(reader))
    if len(quote(query)) > MOST_ADDRESS:
        frame.foot_only(_("The query is too long for the address: a link does not hold it."))


def headline(answer: Answer | QueryError, reader: Reader) -> str:
    """Whether the query was answered, and with how many rows."""
    if not isinstance(answer, Answer):
        return _("The query was not answered")
    n = len(answer.rows)
    if answer.cut:
        template = _("The first {n} rows of the query; there are more")
    else:
        template = ngettext("The query gives 1 row", "The query gives {n} rows", n)
    return template.format(n=reader.ctx.number(n))


def _box(query: str, examples: list[tuple[str, str]]) -> None:
    st.session_state[state.widget("sql")] = query
    with st.form("sql_form", border=False):
        st.text_area(_("One SELECT statement"), key=state.widget("sql"), height=180)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.form_submit_button(_("Run"), type="primary", on_click=state.take, args=("sql",))
    with st.container(key="sql_examples", horizontal=True, vertical_alignment="center"):
        st.html(f'<span class="e-foot">{escape(_("Examples:"))}</span>', width="content")
        for n, (title, example) in enumerate(examples):
            st.button(
                title, key=f"sql_{n}", type="tertiary", on_click=state.store().put, args=("sql", [example])
            )


def _rows(reader: Reader, answer: Answer) -> None:
    if answer.rows.empty:
        frame.sentence_only(_("No rows"), _("The query is right and no row fits it."))
        return
    n, first_rows = len(answer.rows), answer.rows.head(MOST_ROWS)
    title = _("Rows 1 to {last} of {n}").format(
        last=reader.ctx.number(len(first_rows)), n=reader.ctx.number(n)
    )
    frame.table_only(title, markup(reader, first_rows, _("Rows of the query")), answer.rows, "escala_query")


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
    text = str(value)
    return text if len(text) <= MOST_CELL else f"{text[: MOST_CELL - 1]}…"


def _decimal(value: float, reader: Reader) -> str:
    plain = abs(value) < 1e15 and abs(value) >= 10**-DECIMALS
    return reader.ctx.number(value, DECIMALS) if plain else f"{value:g}"


def _refused(reader: Reader, fault: QueryError) -> None:
    """Why the query was not answered, and the engine's own words."""
    reason = Markup("<p>{}</p>").format(sql_words.why(fault, reader))
    if fault.kind == "engine":
        reason += Markup('<pre lang="en">{}</pre>').format(fault.detail)
    st.html(Markup('<div class="e-note e-sql-fault" role="alert">{}</div>').format(reason))


def schema(tables: Sequence[reads.Table], reader: Reader) -> Markup:
    """All tables, with what a row is, how many there are and their columns; each opens with a click."""
    title = _("{n} tables and their columns").format(n=reader.ctx.number(len(tables)))
    return Markup('<h2 class="e-title">{}</h2><div class="e-schema">{}</div>').format(
        title, Markup("").join(_table(table, reader) for table in tables)
    )


def _table(entry: reads.Table, reader: Reader) -> Markup:
    """A table with its number of rows, its grain and its columns."""
    item = Markup("<li><code>{}</code> <small>{}</small></li>")
    items = Markup("").join(item.format(column, kind.lower()) for column, kind in entry.columns)
    n = ngettext("1 row", "{n} rows", entry.n_rows).format(n=reader.ctx.number(entry.n_rows))
    grain = _(sql_words.GRAIN[entry.name]) if entry.name in sql_words.GRAIN else ""
    template = Markup(
        "<details><summary><code>{}</code> <small>{}</small> <span>{}</span></summary><ul>{}</ul></details>"
    )
    return template.format(entry.name, n, grain, items)
