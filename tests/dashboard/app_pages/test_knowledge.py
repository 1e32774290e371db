"""Knowledge: from proposal to publication by three people, rights, conflicts, hostile texts, exchange."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import workspace as access
from dashboard.components.workspace import Access
from kpis.workspace import LOCAL, Person, Workspace, open_workspace
from kpis.workspace.drafts import NEW, draft_of
from kpis.workspace.knowledge import desk
from kpis.workspace.knowledge.case import Origin, all_cases
from kpis.workspace.knowledge.rubric import load_rubric
from kpis.workspace.knowledge.rules import State
from tests.dashboard.app_pages.test_cases import cases_page
from tests.dashboard.test_pages import opened, text_of
from tests.kpis.workspace.knowledge.made_up import (
    ANA,
    BETO,
    CARLA,
    DIEGO,
    RECORD,
    TODAY,
    VERA,
    assessed,
    captured,
    published,
    seen,
)

HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) =1+1 $a$ :red[b] <img src=x onerror=alert(2)>"


def knowledge_page() -> None:
    """The script of the page alone."""
    from dashboard.app_pages.knowledge import page as knowledge
    from dashboard.components import numbers, shell, state

    state.begin()
    lang = shell.settle_language()
    state.store().turn("knowledge")
    knowledge.draw(shell.reader(lang, numbers.number_format("auto", lang), "light"))
    shell.notes()
    state.end()


@pytest.fixture(autouse=True)
def _at_home(home: Path) -> None:
    assert home.is_file()


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened_here = open_workspace(str(tmp_path / "workspace.sqlite"))
    yield opened_here
    opened_here.engine.dispose()


Sit = Callable[[Person | None], None]


@pytest.fixture
def sit(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Sit:
    """Who sits at the screen from now on."""

    def change(person: Person | None) -> None:
        given = Access(workspace, person, "" if person and person.role else "Log in first.")
        monkeypatch.setattr(access, "access", lambda _lang: given)

    return change


def page(lang: str = "en", **address: str) -> AppTest:
    app = opened(knowledge_page, lang=lang, **address)
    assert not app.exception
    return app


def boxes(app: AppTest) -> str:
    return "\n".join(str(box.value) for box in (*app.info, *app.error, *app.warning, *app.success))


def put(app: AppTest, **fields: object) -> None:
    """Fills in controls of the form of a record, then lets the page run."""
    kinds = ("text_input", "text_area", "selectbox", "multiselect", "checkbox")
    controls = [control for kind in kinds for control in getattr(app, kind)]
    of_form = {str(each.key).rpartition("kn_")[2].split("_", 2)[-1]: each for each in controls}
    for field, value in fields.items():
        of_form[field].set_value(value)
    app.run()


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def assess(app: AppTest, points: int, argument: str = "Two reports were read.") -> None:
    """Fills in the rubric and hands it in."""
    ids = load_rubric().ids
    for control in app.radio:
        if str(control.key).endswith(ids):
            control.set_value(points)
    area = next(area for area in app.text_area if str(area.key).endswith("_argument"))
    area.set_value(argument)
    press(app, "hand_in_assessment")


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_empty_board_says_how_it_begins(sit: Sit, lang: str) -> None:
    sit(ANA)
    text = text_of(page(lang))
    assert {"en": "propose the first one", "es": "proponga el primero"}[lang] in text
    assert text.count("<li>") >= 5
    assert "show=propose" in text


def test_without_a_right_nothing_is_shown(workspace: Workspace, sit: Sit) -> None:
    item_id = published(workspace)
    for person in (None, Person("x", "X")):
        sit(person)
        for address in ({}, {"record": item_id}, {"show": "exchange"}):
            app = page(**address)
            assert "Log in first" in boxes(app)
            assert "Quipu" not in text_of(app)
        cases = opened(cases_page, lang="en", q="quipu")
        assert "Quipu" not in text_of(cases)
        assert "Quipu" not in text_of(opened(cases_page, lang="en", case="col-turnos-quipu"))


def test_a_case_from_proposal_to_publication_by_three_people_in_spanish(
    workspace: Workspace, sit: Sit
) -> None:
    sit(ANA)
    app = page("es", show="propose")
    put(app, name="Turnos Quipu", country_iso3="COL")
    press(app, "hand_in")
    assert "Propuesto" in boxes(app)
    (case,) = all_cases(workspace, ANA)
    names = ("summary", "source_title", "source_url", "level", "status")
    put(app, **{name: RECORD[name] for name in names}, channel=["ussd", "in-person"], verified=True)
    press(app, "hand_in")
    assert "Documentado" in boxes(app)
    assert "hace falta la función de revisor" in text_of(page("es", record=case.item.id, show="assess"))

    sit(BETO)
    app = page("es", record=case.item.id, show="assess")
    assess(app, 2, "Leí dos informes.")
    assert "Su evaluación; puede cambiarla" in text_of(app)
    sit(CARLA)
    app = page("es", record=case.item.id, show="assess")
    assert "Leí dos informes" not in text_of(app)
    assess(app, 2)
    assert "Leí dos informes" in text_of(app)
    assert "66,7" in text_of(app)

    sit(ANA)
    app = page("es", record=case.item.id)
    names = ("theme", "innovation_type", "maturity_stage")
    put(app, **{name: RECORD[name] for name in names}, sdg_targets=["16.6"])
    press(app, "hand_in")
    assert "Clasificado" in boxes(app)
    assert "publish" not in {button.key for button in app.button}
    assert "hace falta la función de revisor" in text_of(app)
    sit(BETO)
    press(page("es", record=case.item.id), "publish")
    assert seen(workspace, case.item.id).state is State.PUBLISHED

    sit(VERA)
    found = text_of(opened(cases_page, lang="es", q="quipu"))
    assert "Turnos Quipu" in found
    assert "centro propio" in found
    assert "centro propio" in text_of(opened(cases_page, lang="es", case="col-turnos-quipu"))


def test_two_that_lie_apart_ask_for_a_third_who_sees_neither(workspace: Workspace, sit: Sit) -> None:
    item_id = captured(workspace)
    assessed(workspace, item_id, 3, 1)
    sit(CARLA)
    assert "66.7 points apart" in text_of(page(record=item_id, show="assess"))
    sit(DIEGO)
    app = page(record=item_id, show="assess")
    assert "Two reports were read" not in text_of(app)
    assess(app, 1)
    assert "What counts: Carla, Diego" in text_of(app)


def test_a_viewer_is_offered_nothing_and_told_why(workspace: Workspace, sit: Sit) -> None:
    item_id = published(workspace)
    sit(VERA)
    for address in ({"show": "propose"}, {"show": "review"}, {"show": "exchange"}, {"record": item_id},
                    {"record": item_id, "show": "transfer"}):  # fmt: skip
        app = page(**address)
        assert [button.key for button in app.button] == []
        assert "yours is viewer" in text_of(app)


@pytest.mark.parametrize(
    ("lang", "address"),
    [("es", {}), ("en", {"show": "assess"}), ("es", {"show": "history"}), ("en", {"show": "record"})],
)
def test_a_hostile_case_is_shown_as_text(
    workspace: Workspace, sit: Sit, lang: str, address: dict[str, str]
) -> None:
    item_id = captured(workspace, name=HOSTILE, institution=HOSTILE, source_title=HOSTILE, case_id="col-x")
    assessed(workspace, item_id, 2, 2)
    sit(BETO)
    app = page(lang, **({"record": item_id} | address if address else {}))
    text = text_of(app)
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert 'href="javascript' not in text


def test_a_draft_is_there_again_and_the_step_says_what_is_missing(workspace: Workspace, sit: Sit) -> None:
    sit(ANA)
    app = page(show="propose")
    put(app, name="Half a name")
    press(app, "hand_in")
    assert "Not handed in yet" in boxes(app)
    assert "Still empty: Country" in text_of(app)
    assert all_cases(workspace, ANA) == []
    again = page(show="propose")  # another session: only the workspace knows
    (name,) = [field for field in again.text_input if str(field.key).endswith("_name")]
    assert name.value == "Half a name"
    sit(BETO)
    (name,) = [field for field in page(show="propose").text_input if str(field.key).endswith("_name")]
    assert name.value == ""
    sit(ANA)
    press(page(show="propose"), "drop_draft")
    assert draft_of(workspace, ANA, NEW) is None


@pytest.mark.parametrize(("lang", "kept"), [("en", "Your draft of"), ("es", "Su borrador del")])
def test_half_an_assessment_is_there_again_for_its_reviewer_alone(
    workspace: Workspace, sit: Sit, lang: str, kept: str
) -> None:
    item_id = captured(workspace)
    sit(BETO)
    app = page(lang, record=item_id, show="assess")
    first = load_rubric().ids[0]
    radio = next(each for each in app.radio if str(each.key).endswith(first))
    radio.set_value(3)
    next(area for area in app.text_area if str(area.key).endswith("_argument")).set_value("Half a reason")
    app.run()
    sit(CARLA)
    assert "Half a reason" not in [area.value for area in page(lang, record=item_id, show="assess").text_area]
    sit(BETO)
    again = page(lang, record=item_id, show="assess")  # another session: only the workspace knows
    points = {str(each.key).rpartition("_")[2]: each.value for each in again.radio}
    assert [value for value in points.values() if value in range(4)] == [3]
    assert "Half a reason" in [area.value for area in again.text_area]
    assert kept in text_of(again)
    assess(again, 2)
    assert workspace.items(BETO, "draft") == []
    assert seen(workspace, item_id, BETO).mine is not None


def test_half_a_transfer_note_is_there_again(workspace: Workspace, sit: Sit) -> None:
    item_id = published(workspace)
    sit(ANA)
    app = page(record=item_id, show="transfer")
    app.text_area(key=f"tr_{item_id}_change").set_value("The forms").run()
    again = page(record=item_id, show="transfer")
    assert again.text_area(key=f"tr_{item_id}_change").value == "The forms"
    again.text_input(key=f"tr_{item_id}_institution").set_value("Lima")
    press(again, "note_transfer")
    assert again.text_area(key=f"tr_{item_id}_change").value == ""
    assert workspace.items(ANA, "draft") == []
    assert [note.change for note in seen(workspace, item_id).transfers] == ["The forms"]


TWO = {
    "en": ("Changed by Beto", "Changed by the other person alone, and kept in any case: Institution."),
    "es": (
        "Cambiado por Beto",
        "Modificados solo por la otra persona, y conservados en todo caso: Institución.",
    ),
}


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_second_of_two_who_edit_keeps_their_text(workspace: Workspace, sit: Sit, lang: str) -> None:
    changed, theirs = TWO[lang]
    item_id = captured(workspace)
    sit(ANA)
    app = page(lang, record=item_id)
    put(app, summary="By Ana, long and good.")
    desk.write(
        workspace, BETO, seen(workspace, item_id, BETO), "edit", {**RECORD, "institution": "Beto’s"}, TODAY
    )
    press(app, "hand_in")
    said = boxes(app)
    assert changed in said
    assert [block.value for block in app.code] == ["By Ana, long and good."]  # only what she changed herself
    assert theirs in text_of(app)
    press(app, "merge_draft")
    press(app, "hand_in")
    record = seen(workspace, item_id).record
    assert (record["summary"], record["institution"]) == ("By Ana, long and good.", "Beto’s")


def test_an_unknown_status_and_a_due_review_are_listed(workspace: Workspace, sit: Sit) -> None:
    item_id = published(workspace, TODAY.replace(year=2022))
    sit(BETO)
    assert "Status unknown: 1" in text_of(page(show="review"))
    press(page(record=item_id), "confirm")
    assert "Confirmed: 1" in text_of(page(show="review"))


def test_a_newer_version_of_its_centre_is_taken_over_through_the_form(workspace: Workspace, sit: Sit) -> None:
    item = desk.propose(workspace, ANA, RECORD, TODAY, Origin("lima-1", "Lima"))
    case = seen(workspace, item.id)
    body = {**case.item.body, "arrived": {**RECORD, "summary": "Newer."}, "waits": True}
    with workspace.work(ANA) as work:
        work.change(item.id, case.item.version, "receive", body=body)
    sit(ANA)
    app = page(record=item.id)
    assert "Newer." in text_of(app)
    press(app, "take_over")
    press(app, "hand_in")
    case = seen(workspace, item.id)
    assert (case.record["summary"], case.state, case.arrived) == ("Newer.", State.CAPTURED, None)


def test_a_file_is_looked_at_before_anything_changes(workspace: Workspace, sit: Sit) -> None:
    sit(ANA)
    rows = [
        {**RECORD, "case_id": "col-a", "name": HOSTILE},
        {**RECORD, "case_id": "col-b", "sdg_targets": "99"},
    ]
    content = json.dumps({"mark": "escala-cases", "schema": 1, "cases": rows}).encode()
    app = page("es", show="exchange")
    app.get("file_uploader")[0].upload("casos.json", content, "application/json").run()
    assert "ninguna de las 169 metas" in text_of(app)
    assert "<script>" not in text_of(app)
    assert all_cases(workspace, ANA) == []
    press(app, "take_in")
    assert [case.record["case_id"] for case in all_cases(workspace, ANA)] == ["col-a"]


def test_without_log_in_one_user_writes_down_two_assessments(workspace: Workspace, sit: Sit) -> None:
    sit(LOCAL)
    item_id = captured(workspace)
    for name in ("Beto", "Carla"):
        app = page(record=item_id, show="assess")
        next(box for box in app.text_input if str(box.key).endswith("_name")).set_value(name)
        assess(app, 2)
    assert seen(workspace, item_id).state is State.ASSESSED
