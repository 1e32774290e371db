"""The answer to the search box while words are typed: the same results as the panel, for a script."""

from __future__ import annotations

from dashboard.charts.context import Context
from dashboard.charts.look import LOOKS
from dashboard.components import language, numbers
from dashboard.components.language import text as _
from dashboard.reads import shared as data
from dashboard.reads.concurrency import run_slot
from dashboard.reads.reader import Reader
from dashboard.search import entries, panel
from dashboard.search.index import index

Answer = dict[str, object]


def answer(words: str, lang: str, pages: panel.Pages) -> Answer:
    """What is found for words: how many, then the results by kind, the best kind and result first.

    Links hold the language alone: the browser adds what else its address carries. pages: path, title and
    question of each. Raises EscalaError without a warehouse.
    """
    with run_slot(), language.spoken(lang):
        reader = _reader(lang)
        hits = index(reader.warehouse, lang, pages).find(words)
        sections = [_section(section) for section in panel.sections(reader, hits)]
        return {"said": panel.headline(reader, words, hits), "kinds": sections}


def kpi_names(lang: str) -> dict[str, list[str]]:
    """By what else a list of KPIs finds one, by its name in a language: id, SDG indicator, name in others.

    Raises EscalaError without a warehouse.
    """
    warehouse = data.warehouse()
    listed = entries.kpis(data.kpi_table(warehouse), data.sdg_links(warehouse), lang)
    return {
        entry.title: [*entry.codes, *(name for name in entry.names if name != entry.title)]
        for entry in listed
    }


def group_kinds(lang: str) -> dict[str, str]:
    """The kind of each published group, by its name in a language. Raises EscalaError without a warehouse."""
    groups = data.groups(data.warehouse(), lang)
    return dict(zip(groups["name"], groups["kind"], strict=True))


def _reader(lang: str) -> Reader:
    form, warehouse = numbers.number_format("auto", lang), data.warehouse()
    context = Context(
        t=_,
        ngettext=language.ngettext,
        number=form.number,
        separators=form.separators,
        look=LOOKS["light"],
        as_of=warehouse.as_of,
        lang=lang,
    )
    return Reader(lang, context, warehouse)


def _section(section: panel.Section) -> Answer:
    results = [_result(result) for result in section.results]
    return {"heading": section.heading, "more": section.more, "results": results}


def _result(result: panel.Result) -> Answer:
    address, title = result.link
    return {
        "title": title,
        "to": address,
        "note": " · ".join(note.striptags() for note in result.notes),
        "onward": [{"title": label, "to": to} for to, label in result.onward],
    }
