"""How a case is assessed: criteria, weights, levels, and the rule of two reviewers."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.app_pages.knowledge.desk import Desk
from dashboard.components import language
from dashboard.components import table as tables
from dashboard.components.language import text as _
from dashboard.components.table import Cell, Column
from dashboard.reads.reader import Reader
from kpis.workspace.knowledge.rubric import load_rubric


def show(desk: Desk) -> None:
    """The rubric and its rule."""
    table(desk.reader)


def table(reader: Reader) -> None:
    """The criteria with their levels, then how a decision follows."""
    rubric, lang = load_rubric(), reader.lang
    rows: list[list[Cell]] = [
        [each.name[lang], str(each.weight), *each.levels[lang]] for each in rubric.criteria
    ]
    columns = [Column(_("Criterion")), Column(_("Weight"), True), *(Column(str(n)) for n in range(4))]
    title = _("Seven criteria, 0 to 3 points each")
    st.html(tables.html(title, columns, rows))
    items = Markup("").join(Markup("<li>{}</li>").format(sentence) for sentence in _rule())
    st.html(Markup('<ul class="e-cases">{}</ul>').format(items))


def _rule() -> list[str]:
    rubric = load_rubric()
    names = ", ".join(
        each.name[language.current()].lower() for each in rubric.criteria if each.id in rubric.must_reach
    )
    return [
        _("Score: the sum of weight × points / 3, from 0 to 100."),
        _("Gates come first: what is not implemented, or names no page of the web, has no score."),
        _(
            "Two reviewers assess on their own: neither sees the other’s points before both are in, and "
            "nobody assesses a case of their own proposal. The score is the mean of the two."
        ),
        _(
            "If the two lie more than {gap} points apart, or disagree on whether it is implemented, a third "
            "assesses. Then the two nearest scores count; all three where the middle one is as far from "
            "both. On whether it is implemented, the majority decides."
        ).format(gap=rubric.widest_gap),
        _(
            "From {low} points a case may be published. From {high} it is recommended for transfer, if it "
            "has at least {least} on each of: {names}."
        ).format(low=rubric.publish_from, high=rubric.recommend_from, least=rubric.least_points, names=names),
        _("Once a year a reviewer confirms, corrects or retires it; unconfirmed for three years, its "
          "status is called unknown."),
    ]  # fmt: skip
