"""Lessons for a group of countries: the sentence, the list and the download."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.charts.scalars import Row, records
from dashboard.components import frame, links, pickers, shell
from dashboard.components.container import Container
from dashboard.components.frame import Table
from dashboard.components.knowledge import reads, words
from dashboard.components.language import text as _
from dashboard.reads.kept import worded
from dashboard.reads.reader import Reader

ANY = "any"


def pick_group() -> str:
    """For whom the lessons are."""
    labels = _groups()
    return pickers.choose(_("For"), "scope", list(labels), ANY, labels.__getitem__) or ANY


def _groups() -> dict[str, str]:
    """For whom lessons are, as the list shows it, by code."""
    return {ANY: _("LDCs and SIDS"), "LDC": _("LDCs"), "SIDS": _("SIDS")}


def show(reader: Reader, top: Container, group: str) -> None:
    """The sentence under `top`, and the list."""
    lessons = _of_group(reader, group)
    cases = lessons["case_ids"].explode().dropna().nunique()
    with top:
        shell.headline(
            _("{n} lessons for {group}, drawn from {k} cases.").format(
                n=reader.ctx.number(len(lessons)), group=_groups()[group], k=reader.ctx.number(cases)
            ),
            lead=_("A lesson is what its cases and source suggest; it is no rule and no measured effect."),
        )
    frame.table_only(*_table(reader, group))


def _of_group(reader: Reader, group: str) -> pd.DataFrame:
    lessons = reads.lessons(reader.lang)
    return lessons if group == ANY else lessons[lessons["group"].isin([group, "both"])]


@worded(frame.CACHED_FRAMES)
def _table(reader: Reader, group: str) -> Table:
    def export() -> pd.DataFrame:
        lessons = _of_group(reader, group).reset_index()
        return lessons.assign(case_ids=lessons["case_ids"].map(";".join))

    return _("Lessons"), html(reader, _of_group(reader, group)), export, "escala_lessons"


def html(reader: Reader, lessons: pd.DataFrame) -> Markup:
    """Lessons as a list, each with the cases it rests on and its source."""
    names = {
        str(case_id): str(name)
        for case_id, name in reads.all_cases(reader.lang, reader.further)["name"].items()
    }
    items = Markup("").join(_item(reader, lesson, names) for lesson in records(lessons))
    return Markup('<ol class="e-cases">{}</ol>').format(items)


def _item(reader: Reader, lesson: Row, names: dict[str, str]) -> Markup:
    case_links = [links.case_link(reader, case_id, names[case_id]) for case_id in lesson["case_ids"]]
    cases: str = _("No single case.")
    if case_links:
        cases = Markup("{}: {}").format(_("Cases"), Markup(" · ").join(case_links))
    return Markup('<li><p><b>{}.</b></p><small><span class="e-mark">{}</span> {} · {}</small></li>').format(
        lesson["lesson"],
        _(words.LESSON_GROUPS[lesson["group"]]),
        cases,
        links.external_link(_("Source"), lesson["source_url"]),
    )
