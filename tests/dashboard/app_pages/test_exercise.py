"""Exercise: from an invitation to the document, and what an invitation does not open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.commands import exercise as command
from dashboard.components import language, messages
from dashboard.components.outside import reader_of
from dashboard.components.workspace import Access
from dashboard.documents.exercise import exercise_document
from dashboard.documents.forms import WRITERS
from dashboard.reads.workplace import WORKPLACE
from dashboard.serve import assets
from kpis.workspace import LOCAL, Person, Role, Workspace
from kpis.workspace.exercises import answers, conduct
from kpis.workspace.exercises.conduct import Exercise
from tests.dashboard.serve.whole_app import opened
from tests.dashboard.test_pages import read, text_of
from tests.kpis.workspace.exercises.examples import small, text

HOSTILE = "<script>alert(1)</script> [x](javascript:1) =1+1"
WORDS = {
    "en": ("Thank you", "Furthest behind", "What to begin with", "answers handed in"),
    "es": ("Gracias", "Lo más rezagado", "Por dónde comenzar", "respuestas entregadas"),
}


@pytest.fixture(autouse=True)
def workspace(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """An empty workspace, which the app opens."""
    assert home.is_file()
    monkeypatch.setenv("ESCALA_WORKSPACE", str(tmp_path / "workspace.sqlite"))
    WORKPLACE.close()
    yield WORKPLACE.opened()
    WORKPLACE.close()


def keys(app: AppTest) -> set[str]:
    """Keys of what can be pressed."""
    return {str(button.key) for button in app.button}


@pytest.fixture
def lang(request: pytest.FixtureRequest) -> Iterator[str]:
    """A language, in which the harness too names the choices of the side bar."""
    with language.spoken(request.param):
        yield request.param


def answer(app: AppTest, levels: dict[str, str]) -> None:
    """Chooses levels of the statements that are shown, and goes to the next dimension."""
    for radio in app.radio:
        if (code := str(radio.key).removeprefix("answer_")) in levels:
            radio.set_value(levels[code])


def test_without_an_exercise_the_page_says_what_it_is_for_and_asks_for_a_name() -> None:
    app = opened("exercise", {}, "en")
    assert "judges itself by what can be seen" in read(app)
    app.button(key="exercise_begin").click().run()
    assert "name of the institution" in app.warning[0].value
    app.text_input(key="exercise_institution").set_value("Alcaldía <b>de Pasto</b>")
    app.selectbox(key="exercise_country").set_value("COL")
    app.button(key="exercise_begin").click().run()
    assert "Alcaldía <b>de Pasto</b>: 0 answers handed in" in read(app)
    assert "exercise" in app.query_params


UPLOADED = {
    "en": ("statement a: key 'prueba' is not known", "6 statements in 2 dimensions"),
    "es": ("enunciado a: no se conoce la clave «prueba»", "6 enunciados en 2 dimensiones"),
}


@pytest.mark.parametrize("lang", ["en", "es"], indirect=True)
def test_a_questionnaire_of_ones_own_is_used_and_a_wrong_line_refused(
    lang: str, workspace: Workspace
) -> None:
    refused, taken = UPLOADED[lang]
    app = opened("exercise", {}, lang)
    app.text_input(key="exercise_institution").set_value("DNP")
    wrong = text().replace('evidence = "acta"', 'prueba = "acta"', 1)
    app.file_uploader(key="exercise_questionnaire").upload(
        "propio.toml", wrong.encode(), "application/toml"
    ).run()
    assert any(messages.plain(f"propio.toml: {refused}") in said.value for said in app.warning)
    app.button(key="exercise_begin").click().run()
    assert conduct.exercises(workspace, LOCAL) == []  # nor the shipped one in its place
    app.file_uploader(key="exercise_questionnaire").upload(
        "propio.toml", text().encode(), "application/toml"
    ).run()
    assert taken in app.info[0].value
    app.button(key="exercise_begin").click().run()
    assert [one.questionnaire for one in conduct.exercises(workspace, LOCAL)] == [small()]


@pytest.mark.parametrize("lang", ["en", "es"], indirect=True)
def test_five_participants_from_invitation_to_document(lang: str, workspace: Workspace) -> None:
    thanks, behind, begin_with, handed_in = WORDS[lang]
    held = conduct.begin(workspace, LOCAL, "Alcaldía <b>de Pasto</b>", country="COL", questionnaire=small())
    app = opened("exercise", {"exercise": held.id, "show": "invite"}, lang)
    for name in ("Ana", "Luis", "Marta", "Jorge", "Rosa"):
        app.text_input(key="exercise_invitee").set_value(name)
        app.button(key="exercise_invite").click().run()
    links = [str(code.value) for code in app.code]
    assert len(links) == 5
    for n, link in enumerate(links):
        token = link.partition("invitation=")[2]
        guest = opened("exercise", {"invitation": token}, lang)
        assert "invitation" not in guest.query_params
        answer(guest, {"a": "connected" if n == 0 else "enhanced", "b": "enhanced", "c": "enhanced"})
        guest.text_area(key="evidence_a").set_value(HOSTILE)
        guest.button(key="exercise_next").click().run()
        answer(guest, dict.fromkeys("xyz", "emerging"))
        guest.run()
        guest.button(key="exercise_hand_in_yes").click().run()
        assert thanks in read(guest)
    app = opened("exercise", {"exercise": held.id, "show": "differences"}, lang)
    assert f"Alcaldía <b>de Pasto</b>: 5 {handed_in}" in read(app)
    assert "alert(1)" not in text_of(app)  # nobody is swayed while the round is open
    assert "exercise_agree" not in keys(app)
    app.button(key="exercise_end_round").click().run()
    assert "<script>alert" not in text_of(app)
    assert "&lt;script&gt;alert(1)" in text_of(app)
    assert [box.key for box in app.selectbox if str(box.key).startswith("agreed_")] == ["agreed_1_a"]
    app.button(key="exercise_agree").click().run()
    assert not app.exception
    said = read(app)
    assert behind in said
    assert begin_with in said
    held = conduct.exercise(workspace, LOCAL, held.id)
    assert held.agreed == {"a": "enhanced", "b": "enhanced", "c": "enhanced"} | dict.fromkeys(
        "xyz", "emerging"
    )
    app = opened("exercise", {"exercise": held.id, "show": "differences"}, lang)
    app.selectbox(key="agreed_1_a").set_value("connected").run()
    app = opened("exercise", {"exercise": held.id, "show": "differences"}, lang)  # the browser was closed
    assert app.selectbox(key="agreed_1_a").value == "connected"
    app.button(key="exercise_agree").click().run()  # corrected
    assert workspace.items(LOCAL, "draft") == []
    app = opened("exercise", {"exercise": held.id, "show": "differences"}, lang)
    assert app.selectbox(key="agreed_1_a").value == "connected"
    document = exercise_document(reader_of(lang), held, {"a": [HOSTILE]})
    for form in command.Form:
        assert len(WRITERS[form.value](document)) > 2000
    assert "Alcaldía <b>de Pasto" not in WRITERS["html"](document).decode()


def test_one_person_alone_needs_no_invitation(workspace: Workspace) -> None:
    held = conduct.begin(workspace, LOCAL, "DNP", questionnaire=small())
    app = opened("exercise", {"exercise": held.id}, "en")
    assert "0 of 6 statements answered" in read(app)
    answer(app, dict.fromkeys("abc", "enhanced"))
    app.button(key="exercise_next").click().run()
    answer(app, {"x": "connected", "y": "connected", "z": "unknown"})
    app.run()
    assert "6 of 6 statements answered" in read(app)
    app.button(key="exercise_hand_in_yes").click().run()
    assert "handed in" in app.info[0].value
    app = opened("exercise", {"exercise": held.id, "show": "differences"}, "en")
    app.button(key="exercise_agree").click().run()
    assert conduct.exercise(workspace, LOCAL, held.id).state == "agreed"
    assert "DNP: not assessed" in read(app)  # one dimension of two: of the other too little is known


def test_a_draft_is_there_when_the_guest_comes_again(workspace: Workspace) -> None:
    held, token = invited(workspace)
    first = opened("exercise", {"invitation": token}, "en")
    answer(first, {"a": "transactional"})
    first.run()
    again = opened("exercise", {"invitation": token}, "en")
    assert again.radio(key="answer_a").value == "transactional"
    assert answers.given_answers(workspace, LOCAL, held) == []


def invited(workspace: Workspace, **moment: datetime) -> tuple[Exercise, str]:
    """An exercise with one invitation, and its token."""
    held = conduct.begin(workspace, LOCAL, "DNP", questionnaire=small())
    return held, conduct.invite(workspace, LOCAL, held, "Ana", days=7, **moment).token


REFUSED = {
    "cut": ("not complete or was changed", "incompleto o fue modificado"),
    "late": ("expired on", "venció el"),
    "revoked": ("was revoked", "fue revocada"),
    "closed": ("takes no more answers", "ya no recibe respuestas"),
}


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.parametrize("lang", ["en", "es"], indirect=True)
def test_an_invitation_that_no_longer_holds_says_why_and_shows_nothing(
    case: str, lang: str, workspace: Workspace
) -> None:
    long_ago = {"now": datetime.now(UTC) - timedelta(days=30)} if case == "late" else {}
    held, token = invited(workspace, **long_ago)
    if case == "revoked":
        conduct.revoke(workspace, LOCAL, conduct.invited(workspace, LOCAL, held)[0])
    elif case == "closed":
        conduct.close(workspace, LOCAL, held)
    app = opened("exercise", {"invitation": token[:-3] if case == "cut" else token}, lang)
    assert REFUSED[case][lang == "es"] in app.warning[0].value
    assert "DNP" not in read(app)
    assert not app.radio
    assert "invitation" not in app.query_params


def test_a_guest_is_offered_nothing_of_the_workspace_and_can_leave(workspace: Workspace) -> None:
    held, token = invited(workspace)
    conduct.begin(workspace, LOCAL, "Otra institución", questionnaire=small())
    app = opened("exercise", {"invitation": token, "exercise": held.id, "show": "differences"}, "en")
    assert keys(app) == {"exercise_back", "exercise_next", "exercise_hand_in_yes", "exercise_leave"}
    assert "Otra" not in read(app)
    assert token not in text_of(app)
    assert not re.search(r"invitation=", text_of(app))
    app.button(key="exercise_leave").click().run()
    assert "exercise_second" not in keys(app)
    assert "exercise_leave" not in keys(app)


def as_reader(monkeypatch: pytest.MonkeyPatch, **access: object) -> None:
    """The next pages are opened by somebody else."""
    monkeypatch.setattr("dashboard.components.workspace.access", lambda _lang: Access(**access))  # type: ignore[arg-type]


def test_a_host_with_log_in_lets_a_guest_answer_and_shows_nobody_else_anything(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, token = invited(workspace)
    as_reader(monkeypatch, workspace=workspace, person=None, reason="Log in first.")
    app = opened("exercise", {"exercise": held.id}, "en")
    assert app.info[0].value == "Log in first."
    assert "DNP" not in read(app)
    assert len(opened("exercise", {"invitation": token}, "en").radio) == 3


def test_where_the_workspace_is_off_an_invitation_says_why(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    _held, token = invited(workspace)
    as_reader(monkeypatch, workspace=None, person=None, reason="The workspace is off.")
    app = opened("exercise", {"invitation": token}, "en")
    assert app.info[0].value == "The workspace is off."
    assert not app.radio


def test_a_viewer_reads_and_is_offered_no_change(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, _token = invited(workspace)
    mine = answers.own_answer(workspace, LOCAL, held)
    answers.save(workspace, LOCAL, held, mine, dict.fromkeys("abcxyz", "enhanced"), {}, hand_in=True)
    as_reader(monkeypatch, workspace=workspace, person=Person("v", "Vera", Role.VIEWER))
    assert not keys(opened("exercise", {}, "en"))
    for step in ("differences", "result", "answer", "invite"):
        app = opened("exercise", {"exercise": held.id, "show": step}, "en")
        assert not app.exception
        assert not {key for key in keys(app) if key.startswith(("exercise_", "revoke_"))}
        assert not app.code


def test_no_page_that_a_browser_gets_first_repeats_the_token(workspace: Workspace) -> None:
    _held, token = invited(workspace)
    assert token not in assets.first_page("/exercise", f"lang=es&invitation={token}", "es", "https://x.org/")


def test_agreed_exercises_are_compared_over_time(workspace: Workspace) -> None:
    for level in ("emerging", "connected"):
        held = conduct.begin(workspace, LOCAL, "DNP", questionnaire=small())
        conduct.agree(workspace, LOCAL, held, dict.fromkeys("abcxyz", level))
    said = read(opened("exercise", {}, "en"))
    assert "4 connected ↑" in said
    assert "no ranking" in said


SPREAD = {
    "en": (
        "2 answers differ on 1 of 6",
        "2 levels apart",
        "1 of 2 in the first round, you among them",
        "Thank",
        "This round is over",
    ),
    "es": (
        "2 respuestas difieren en 1 de 6",
        "2 niveles de distancia",
        "entre ellas la suya",
        "Gracias",
        "Esta ronda terminó",
    ),
}


@pytest.mark.parametrize("lang", ["en", "es"], indirect=True)
def test_a_second_round_starts_from_the_first_answers_and_shows_where_they_differ(
    lang: str, workspace: Workspace
) -> None:
    differ, apart, mine_too, thanks, over = SPREAD[lang]
    held, token = invited(workspace)
    other = Person("luis", "Luis Secreto", Role.EDITOR)
    mine = answers.own_answer(workspace, other, held)
    levels = {"a": "enhanced", "b": "enhanced"}
    answers.save(workspace, other, held, mine, levels, {"a": "Vi el acta 7"}, name=other.name, hand_in=True)
    guest = opened("exercise", {"invitation": token}, lang)
    assert not guest.radio(key="answer_a").proto.captions  # nothing of others while the round is open
    answer(guest, {"a": "connected", "b": "enhanced"})
    guest.run()
    guest.button(key="exercise_hand_in_yes").click().run()
    app = opened("exercise", {"exercise": held.id, "show": "differences"}, lang)
    app.button(key="exercise_end_round").click().run()
    assert over in opened("exercise", {"invitation": token}, lang).warning[0].value
    app.button(key="exercise_second").click().run()
    assert conduct.exercise(workspace, LOCAL, held.id).round == 2
    again = opened("exercise", {"invitation": token}, lang)
    assert differ in read(again)
    assert apart in read(again)
    assert [radio.key for radio in again.radio] == ["answer_a"]  # what differs comes first
    assert again.radio(key="answer_a").value == "connected"
    _none, enhanced, _other, connected, *_missing = again.radio(key="answer_a").proto.captions
    assert "1" in enhanced
    assert mine_too in connected
    assert "Secreto" not in text_of(again)
    assert "acta 7" not in text_of(again)
    answer(again, {"a": "enhanced"})
    again.run()
    again.button(key="exercise_hand_in_yes").click().run()
    assert thanks in read(again)
    held = conduct.end_round(workspace, LOCAL, conduct.exercise(workspace, LOCAL, held.id))
    assert [one.levels["a"] for one in answers.given_answers(workspace, LOCAL, held)] == ["enhanced"] * 2


def test_an_exercise_that_was_removed_is_named_as_such(workspace: Workspace) -> None:
    held = conduct.begin(workspace, LOCAL, "DNP", questionnaire=small())
    app = opened("exercise", {"exercise": held.id}, "en")
    app.button(key="exercise_remove_yes").click().run()
    assert conduct.exercises(workspace, LOCAL) == []
    assert "is not here" in read(opened("exercise", {"exercise": held.id}, "en"))
