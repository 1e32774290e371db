"""Preloads: answers that depend on no choice are read at the start, so that no first visitor waits."""

from __future__ import annotations

import pandas as pd
from markupsafe import escape

from dashboard.app_pages.methods import reads as methods
from dashboard.charts import forecast_words, sentences
from dashboard.charts.findings import since_before
from dashboard.charts.scalars import records
from dashboard.components import language, pickers
from dashboard.components.knowledge import reads as cases
from dashboard.components.language import LANGUAGES, catalogue
from dashboard.components.outside import reader_of
from dashboard.navigation import PATHS, QUESTIONS
from dashboard.reads import answers, lens, rank_moves, robustness
from dashboard.reads import record as forecast
from dashboard.reads import shared as data
from dashboard.reads.answers import Answer, Question
from dashboard.reads.reader import Reader
from dashboard.reads.standing import MAIN
from dashboard.search.index import index
from kpis import stages
from kpis.cases import NONE


def read() -> None:
    """What first pages are drawn from, shared reads first. Raises EscalaError without a warehouse."""
    wh = data.warehouse()
    for lang in LANGUAGES:
        catalogue(lang)
        pickers.places(wh, lang)
        for read_texts in (data.groups, data.kpis, data.dimensions, data.sources, data.targets):
            read_texts(wh, lang)
        cases.all_cases(lang, NONE)
        index(wh, lang, QUESTIONS)
    for read_table in (data.stage_years, data.years_by_kpi, data.sdg_by_kpi, data.kpi_table, data.freshness):
        read_table(wh)
    stages.computed(wh.tables)
    for read_pairs in (lens.by_goal, lens.eligible):
        read_pairs(wh)
    rank_moves.moved(wh, "EGDI")
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

    The first page, and where each country stands; its stage, which takes longer to put into words, comes with
    the first visit. Raises EscalaError without a warehouse.
    """
    wh = data.warehouse()
    if MAIN not in data.kpis_with_data(wh):
        return
    courses = _by_area(wh.trend(MAIN, data.members(wh, "WORLD")))
    forecasts = _by_area(wh.forecast(measure=MAIN).dropna(subset=["p50"]).sort_values("time_period"))
    for lang in LANGUAGES:
        with language.spoken(lang):
            _answer_in(reader_of(lang, wh), courses, forecasts)


def _answer_in(reader: Reader, courses: dict[str, pd.DataFrame], forecasts: dict[str, pd.DataFrame]) -> None:
    """The answers in the language of a reader. courses, forecasts: the rows of each area."""
    kpi, rows = reader.kpi(MAIN), data.world(reader.warehouse, reader.lang, MAIN, None)
    _keep(reader, PATHS[0], {}, Answer(str(sentences.leader(rows, kpi, reader.ctx))))
    for row in records(rows):
        code = str(row["ref_area"])
        since = since_before(courses[code], reader.ctx) if code in courses else ""
        sentence = sentences.standing(str(row["name"]), kpi, row, since, reader.ctx)
        coming = forecasts.get(code)
        lead = "" if coming is None else forecast_words.in_short(records(coming)[0], reader.ctx)
        _keep(reader, "country", {"country": [code]}, Answer(str(sentence), str(escape(lead))))


def _by_area(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {str(code): part for code, part in rows.groupby("ref_area")}


def _keep(reader: Reader, page: str, choices: dict[str, list[str]], answer: Answer) -> None:
    answers.keep(Question.of(page, reader.lang, choices), answer, reader.version)
