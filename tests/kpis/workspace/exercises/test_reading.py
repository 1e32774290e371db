"""A questionnaire is read as written; each wrong line is refused with its place, in both languages."""

from __future__ import annotations

import pytest

from kpis.cases import dimensions
from kpis.workspace.exercises import reading
from kpis.workspace.exercises.questionnaire import written
from kpis.workspace.exercises.reading import QuestionnaireError
from tests.kpis.workspace.exercises.examples import LEVELS, small, text


def faults(content: str | bytes, lang: str = "en") -> list[str]:
    raw = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(QuestionnaireError) as caught:
        reading.load(raw, "mine.toml")
    return [problem.say(lang) for problem in caught.value.problems]


def test_the_shipped_questionnaire_has_seven_dimensions_of_five_statements_and_four_levels() -> None:
    shipped = reading.standard()
    assert [part.code for part in shipped.dimensions] == dimensions()
    assert {len(part.statements) for part in shipped.dimensions} == {5}
    assert tuple(shipped.places) == LEVELS
    texts = [
        words
        for statement in shipped.statements.values()
        for words in (statement.text, statement.evidence, *statement.levels)
    ]
    assert len(texts) == 35 * 6
    assert len({words.en for words in texts}) == len({words.es for words in texts}) == len(texts)
    assert not [words for words in texts if words.en == words.es]


def test_what_an_exercise_keeps_is_read_as_the_same_questionnaire() -> None:
    for questionnaire in (reading.standard(), small()):
        assert reading.of_values(written(questionnaire), "kept") == questionnaire


def test_one_text_serves_both_languages_and_a_dimension_of_ones_own_is_like_none() -> None:
    questionnaire = small()
    assert questionnaire.title.es == questionnaire.title.en == "Pequeño"
    assert [part.like for part in questionnaire.dimensions] == ["services", ""]


WRONG = {  # what is written, what stands in its place, what is said
    "unknown key": (
        'evidence = "acta"', 'evidense = "acta"',
        "statement a: key 'evidense' is not known. Allowed here: evidence.",
    ),
    "missing level": (
        'levels.connected = "b: se ve connected"\n', "", "statement b: key 'levels.connected' is missing.",
    ),
    "unknown level": (
        'levels.connected = "b', 'levels.conected = "b',
        "statement b: key 'levels.conected' is not known. Allowed here: connected.",
    ),
    "unknown stage": (
        'stage = "enhanced"', 'stage = "better"',
        "level enhanced: stage = 'better' is not allowed. Allowed: emerging, enhanced, ",
    ),
    "falling stages": ('stage = "enhanced"', 'stage = "connected"', "the stages of the levels fall."),
    "empty text": ('text = "c"', 'text = " "', "statement c: text holds no text."),
    "no text": ('text = "c"', "text = 3", "statement c: text holds no text."),
    "one language": ('text = "c"', 'text.en = "c"', "statement c: key 'text.es' is missing."),
    "long text": ('text = "c"', f'text = "{"c" * 700}"', "statement c: text has 700 characters; at most 600"),
    "bad code": ('code = "a"', 'code = "A B"', "statement A B: code = 'A B' is not allowed."),
    "no code": (
        '[[dimension.statement]]\ncode = "b"', "[[dimension.statement]]",
        "statement 2: key 'code' is missing.",
    ),
    "repeated code": ('code = "z"', 'code = "a"', "[[statement]]: the code 'a' is used already."),
    "taken code": ('code = "emerging"', 'code = "unknown"', "[[level]]: the code 'unknown' is used already."),
    "unknown likeness": (
        'name = "Water"', 'name = "Water"\nlike = "agua"',
        "dimension water: like = 'agua' is not allowed. Allowed: institutional,",
    ),
    "no TOML": ('text = "c"', "text = c", "column 8 is no TOML."),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_line_is_refused_with_file_place_key_and_remedy_in_both_languages(name: str) -> None:
    right, wrong, said = WRONG[name]
    assert right in text()
    content = text().replace(right, wrong, 1)
    english, spanish = faults(content), faults(content, "es")
    assert any(said in sentence for sentence in english), english
    assert all(sentence.startswith("mine.toml: ") for sentence in english + spanish)
    assert not set(english) & set(spanish)


def test_two_statements_are_too_few_for_a_stage() -> None:
    start = text().index('[[dimension.statement]]\ncode = "z"')
    assert faults(text()[:start]) == [
        "mine.toml: dimension water: 2 times [[dimension.statement]]; allowed: 3 to 30. Add or remove some."
    ]


def test_other_files_are_refused() -> None:
    assert "not text in UTF-8" in faults(b"\xff\xfe\x00")[0]
    assert "larger than 512 KB" in faults(b"#" * (reading.FILE_LIMIT + 1))[0]
    assert "is no TOML" in faults("code = " + "[" * 5000)[0]
    assert "0 times [[level]]" in "".join(faults("# nothing"))


def test_every_fault_is_named_but_no_more_than_anybody_reads() -> None:
    wrong = "".join(f"k{n} = 1\n" for n in range(200))
    assert len(faults(wrong)) == reading.MOST_PROBLEMS
