"""A record of a case: what each state asks for, and every field that is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies

from dashboard.components.knowledge import words
from kpis.cases.repository import COLUMNS
from kpis.paths import data_dir
from kpis.sources.csvio import read_rows
from kpis.workspace.knowledge import vocabulary
from kpis.workspace.knowledge.record import FIELDS, differences, has_source, problems, slug, tidied
from kpis.workspace.knowledge.rules import State
from tests.kpis.workspace.knowledge.made_up import RECORD


def wrong(state: State = State.PUBLISHED, **fields: object) -> dict[str, str]:
    return {each.field: str(each.message) for each in problems(tidied({**RECORD, **fields}), state, 2026)}


def test_every_case_of_the_catalogue_could_be_published() -> None:
    for row in read_rows(data_dir() / "cases" / "cases.csv"):
        assert tidied(row) == row
        assert problems(row, State.PUBLISHED, 2026) == []


def test_the_codes_are_those_that_the_pages_have_words_for() -> None:
    assert set(vocabulary.CHANNELS) == set(words.CHANNELS)
    assert set(vocabulary.LEVELS) == set(words.LEVELS)
    assert set(vocabulary.STATUSES) == set(words.STATUS)


def test_each_state_asks_for_more() -> None:
    empty = {"name": "Turnos", "country_iso3": "COL"}
    asked = [set(each.field for each in problems(tidied(empty), state, 2026)) for state in (
        State.PROPOSED, State.CAPTURED, State.CLASSIFIED, State.PUBLISHED)]  # fmt: skip
    assert asked[0] == set()
    assert asked[0] < asked[1] < asked[2] < asked[3]
    assert asked[3] - asked[2] == {"source_title", "source_url"}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("case_id", "per-turnos", "beginning with the code of the country"),
        ("case_id", "col_turnos", "hyphens"),
        ("country_iso3", "COLO", "COL"),
        ("level", "natonal", "national"),
        ("status", "running", "active, ended, unknown"),
        ("start_year", "3020", "1950 to 2026"),
        ("start_year", "20 21", "four digits"),
        ("start_year", "٢٠٢١", "four digits"),
        ("channel", "ussd;fax", "fax"),
        ("theme", "service delivery", "service-delivery"),
        ("innovation_type", "magic", "technology"),
        ("maturity_stage", "conected", "connected"),
        ("sdg_targets", "16.6;16.99", "16.99"),
        ("sdg_targets", ";".join(f"17.{n}" for n in range(1, 12)), "11 SDG targets"),
        ("verified", "perhaps", "true, false"),
        ("summary", "x" * 1201, "1201"),
        ("source_url", "javascript:alert(1)", "https://"),
        ("source_url", "https://user:secret@example.org/", "https://"),
        ("source_url", "https://localhost/x", "https://"),
        ("source_url", "https://example.org/a b", "https://"),
        ("source_url", "https://example.org:port/", "https://"),
        ("source_url", "ftp://example.org/x", "https://"),
    ],
)
def test_a_wrong_field_says_what_is_allowed(field: str, value: str, said: str) -> None:
    found = wrong(**{field: value})
    assert list(found) == [field]
    assert said in found[field]


def test_problems_are_said_in_spanish_too() -> None:
    for fields in ({"start_year": "x"}, {"theme": "x"}, {"source_url": "x"}, {"name": ""},
                   {"sdg_targets": "x"}, {"case_id": "X"}, {"summary": "x" * 1300}):  # fmt: skip
        (found, *_) = problems(tidied({**RECORD, **fields}), State.PUBLISHED, 2026)
        assert found.message.say("es") != found.message.say("en")


def test_codes_are_understood_in_any_letters_and_with_commas() -> None:
    record = tidied(
        {**RECORD, "country_iso3": "col", "channel": "USSD, In-Person", "sdg_targets": "1.A , 16.6"}
    )
    assert (record["country_iso3"], record["channel"]) == ("COL", "ussd;in-person")
    assert record["sdg_targets"] == "1.a;16.6"


@given(strategies.dictionaries(strategies.sampled_from([*FIELDS, "x"]), strategies.text(max_size=30)))
def test_a_tidied_record_has_every_field_on_one_line_and_stays_as_it_is(cells: dict[str, str]) -> None:
    record = tidied(cells)
    assert tuple(record) == COLUMNS
    assert all(text == " ".join(text.split()) and text.isprintable() for text in record.values())
    assert tidied(record) == record


def test_an_id_is_made_of_country_and_name() -> None:
    assert (
        tidied({"name": "¡Carpeta Ciudadana!", "country_iso3": "COL"})["case_id"] == "col-carpeta-ciudadana"
    )
    assert slug("COL", "案例") == "col-case"


def test_a_source_is_a_whole_address() -> None:
    assert has_source(RECORD)
    assert not has_source({**RECORD, "source_url": "example.org"})
    assert not has_source({**RECORD, "source_url": ""})


def test_differences_name_field_old_and_new() -> None:
    assert differences(RECORD, {**RECORD, "name": "Otro"}) == [("name", "Turnos Quipu", "Otro")]
