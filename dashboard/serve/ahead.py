"""Preloads: answers that depend on no choice are read at the start, so that no first visitor waits."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.app_pages.country import summary
from dashboard.app_pages.country.findings import since_before
from dashboard.app_pages.forecast import reads as forecast
from dashboard.app_pages.lens import reads as lens
from dashboard.app_pages.methods import reads as methods
from dashboard.app_pages.releases import reads as releases
from dashboard.app_pages.robustness import reads as robustness
from dashboard.charts import sentences
from dashboard.charts.context import Context
from dashboard.charts.look import LOOKS
from dashboard.charts.scalars import records
from dashboard.components import language, pickers
from dashboard.components.knowledge import reads as cases
from dashboard.components.language import LANGUAGES, catalogue
from dashboard.components.numbers import number_format
from dashboard.navigation import PATHS
from dashboard.reads import answers
from dashboard.reads import shared as data
from dashboard.reads.answers import Answer, Question
from dashboard.reads.reader import Reader
from kpis import stages


def read() -> None:
    """What first pages are drawn from, shared reads first. Raises EscalaError without a warehouse."""
    wh = data.warehouse()
    for lang in LANGUAGES:
        catalogue(lang)
        pickers.places(wh, lang)
        for read_texts in (data.groups, data.kpis, data.dimensions, data.sources, data.targets):
            read_texts(wh, lang)
        cases.all_cases(lang)
    for read_table in (data.stage_years, data.years_by_kpi, data.sdg_by_kpi, data.kpi_table, data.freshness):
        read_table(wh)
    stages.computed(wh.tables)
    for read_pairs in (lens.by_goal, lens.eligible):
        read_pairs(wh)
    releases.moved(wh, "EGDI")
    if robustness.indices(wh):
        robustness.run(wh, robustness.usual(wh))
    data.method_cards()


def read_later() -> None:
    """What takes long and few ask for: once the first visitors have been served."""
    wh = data.warehouse()
    methods.verification(wh)
    for ahead in forecast.horizons(wh):
        forecast.cases(wh, ahead)


def answer() -> None:
    """What the pages that are opened most answer, so that it stands there before their scripts have come.

    The first page, and where each country stands. Raises EscalaError without a warehouse.
    """
    wh = data.warehouse()
    held = data.kpis_with_data(wh)
    if summary.MAIN not in held:
        return
    for lang in LANGUAGES:
        language.speak(lang)
        reader = Reader(lang, _context(lang, wh.as_of), wh)
        kpi, rows = reader.kpi(summary.MAIN), data.world(wh, lang, summary.MAIN, None)
        _keep(reader, PATHS[0], {}, sentences.leader(rows, kpi, reader.ctx))
        courses = dict(list(wh.trend(summary.MAIN, list(rows["ref_area"])).groupby("ref_area")))
        for row in records(rows):
            code = row["ref_area"]
            since = since_before(courses[code], reader.ctx) if code in courses else ""
            sentence = sentences.standing(row["name"], kpi, row, since, reader.ctx)
            _keep(reader, "country", {"country": [code]}, sentence)


def _keep(reader: Reader, page: str, choices: dict[str, list[str]], sentence: Markup) -> None:
    answers.keep(Question.of(page, reader.lang, choices), Answer(str(sentence)), reader.version)


def _context(lang: str, as_of: int) -> Context:
    form = number_format("auto", lang)
    return Context(
        t=catalogue(lang).gettext,
        number=form.number,
        separators=form.separators,
        look=LOOKS["light"],
        as_of=as_of,
        lang=lang,
        ngettext=catalogue(lang).ngettext,
    )
