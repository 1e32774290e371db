"""When a source publishes next: a date that has passed is none, and what is not known is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpis.catalogue import Catalogue
from kpis.errors import DataError, RequestError
from kpis.sources.calendar import Release, calendar, next_release
from kpis.stages import load_gates

HEADER = "source,next_year,next_month,certainty\n"


@pytest.fixture
def dates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A calendar of four sources."""
    path = tmp_path / "methodology" / "release_calendar.csv"
    path.parent.mkdir()
    rows = ("known,2027,3,stated_rhythm", "now,2026,11,observed_rhythm", "none,,,unknown",
            "out,2025,12,published_not_held")  # fmt: skip
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    monkeypatch.setenv("ESCALA_DATA", str(tmp_path))
    return path


@pytest.mark.parametrize(
    ("source", "as_of", "expected"),
    [
        ("known", 2026, Release(2027, 3, "stated_rhythm")),
        ("known", 2028, Release()),  # has passed: no date
        ("now", 2026, Release(2026, None, "observed_rhythm")),  # the month may have passed
        ("none", 2026, Release()),
        ("nobody", 2026, Release()),
        ("out", 2026, Release(not_held=2025)),
    ],
)
@pytest.mark.usefixtures("dates")
def test_the_next_publication(source: str, as_of: int, expected: Release) -> None:
    assert next_release(source, as_of) == expected


@pytest.mark.usefixtures("dates")
def test_the_figures_own_year_stands_in_where_the_sources_has_passed() -> None:
    assert next_release("out", 2026, newest_edition=2022, expected=2027) == Release(
        2027, None, "observed_rhythm", not_held=2025
    )
    assert (
        next_release("out", 2026, newest_edition=2025, expected=2027).not_held is None
    )  # this figure is held
    assert next_release("none", 2026, expected=2028) == Release(2028, None, "observed_rhythm")
    assert next_release("none", 2026, expected=2020) == Release()


@pytest.mark.parametrize(
    ("row", "message"),
    [("x,2027,,perhaps", "certainty 'perhaps' is not known"), ("x,soon,,unknown", "whole")],
)
def test_a_wrong_calendar_is_refused(dates: Path, row: str, message: str) -> None:
    dates.write_text(HEADER + row + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=message):
        next_release("x", 2026)


def test_every_gate_has_a_source_in_the_calendar_and_none_has_a_date_in_the_past(
    catalogue: Catalogue,
) -> None:
    listed = {row["source"] for row in calendar()}
    for gate in load_gates().to_dict("records"):
        source = catalogue.kpis[gate["kpi"]].source
        assert source in listed, gate["kpi"]
        for as_of in range(2026, 2040):
            year = next_release(source, as_of).year
            assert year is None or year >= as_of


def test_words_come_in_two_languages_and_no_third() -> None:
    assert len(calendar("es")) == len(calendar())
    with pytest.raises(RequestError, match="language 'fr'"):
        calendar("fr")
