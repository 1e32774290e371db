"""A figure carries its KPI, its year and its age into the page."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from dashboard.charts.context import Context, KpiView
from dashboard.charts.figures import computed, ends, figure, forecast, plain, sentence, threshold, when, words


def test_a_figure_says_kpi_year_and_age(share: KpiView, ctx: Context) -> None:
    assert figure(40.25, share, 2023, ctx) == (
        '<data class="e-fig" value="40.25" data-kpi="X" data-year="2023" data-age="3" '
        'data-old="false">40.3%</data>'
        ' <small class="e-year">(2023)</small>'
    )


def test_a_figure_beyond_its_limit_has_the_tag(share: KpiView, ctx: Context) -> None:
    markup = figure(40.25, replace(share, fresh_years=2), 2023, ctx, dated=False)
    assert 'data-old="true"' in markup
    assert (
        '<abbr class="e-mark e-old" title="older than the limit of 2 years for this KPI">old</abbr>' in markup
    )
    assert "e-year" not in markup


def test_an_aggregate_shows_its_span_and_is_as_old_as_its_newest_value(share: KpiView, ctx: Context) -> None:
    newest, oldest = ends([2019, None, 2024, float("nan")])
    markup = figure(1, share, newest, ctx, first=oldest)
    assert 'data-year="2019–2024" data-age="2" data-old="false"' in markup


def test_missing_is_a_dash_and_no_figure(share: KpiView, ctx: Context) -> None:
    assert figure(None, share, 2023, ctx) == "–"
    assert words(float("nan"), share, 2023, ctx) == "–"


def test_plain_words_say_the_same(share: KpiView, ctx: Context) -> None:
    assert words(18.34, share, 2020, ctx) == "18.3% (2020, old)"
    assert words(18.34, share, 2024, ctx) == "18.3% (2024)"


def test_a_span_of_years_in_words(share: KpiView, ctx: Context) -> None:
    assert when(share, 2024, ctx, first=2019) == "2019–2024"
    assert words(1, share, 2018, ctx, first=2012) == "1.0% (2012–2018, old)"


def test_what_is_computed_holds_the_year_and_prints_neither_year_nor_tag(
    share: KpiView, ctx: Context
) -> None:
    markup = computed(-2.25, share, 2012, ctx, sign=True)
    assert 'data-year="2012"' in markup
    assert 'data-old="true" data-computed="true">−2.3</data>' in markup
    assert "<small" not in markup
    assert "<abbr" not in markup
    assert computed(None, share, 2012, ctx) == "–"


def test_a_threshold_has_no_year(share: KpiView, ctx: Context) -> None:
    assert threshold(80, share, ctx) == (
        '<data class="e-fig" value="80.0" data-kpi="X" data-rule="true">80.0%</data>'
    )
    assert threshold(float("nan"), share, ctx) == "–"


def test_a_sentence_escapes_text_and_keeps_figures(share: KpiView, ctx: Context) -> None:
    markup = sentence("{name} & co: {value}", name="<b>", value=figure(1, share, 2024, ctx))
    assert markup.startswith("&lt;b&gt; &amp; co: <data ")
    assert plain(markup) == "<b> & co: 1.0% (2024)"
    assert plain("a < b") == "a < b"
    assert isinstance(markup, Markup)


def test_a_forecast_is_ahead_even_in_its_own_year(share, ctx):
    assert 'data-year="2026" data-old="ahead"' in forecast(81.3, share, ctx.as_of, ctx)
    assert forecast(float("nan"), share, 2026, ctx) == "–"
