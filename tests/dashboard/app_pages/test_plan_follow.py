"""The follow-up of a plan: kept, opened in another session, changed by two people, reviewed; own targets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import language
from dashboard.reads.workplace import WORKPLACE
from kpis import plan
from kpis.plan import load_link
from kpis.queries import Warehouse
from kpis.workspace import LOCAL, Person, Role, follow_up
from tests.dashboard.app_pages.test_plan import plan_page
from tests.dashboard.test_pages import opened, read, text_of


@pytest.fixture(autouse=True)
def _at_home(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every page reads the warehouse of all tests, and keeps in a workspace of its own."""
    monkeypatch.setenv("ESCALA_WORKSPACE", str(tmp_path / "workspace.sqlite"))
    WORKPLACE.close()
    yield
    WORKPLACE.close()


def followed(**address: str) -> AppTest:
    return opened(plan_page, country="URY", reach="egdi", aim="0.95", show="follow", **address)


def test_a_plan_is_kept_opened_in_another_session_and_reviewed() -> None:
    app = followed(lang="en")
    assert not app.exception
    assert "No plan of this country is kept yet." in read(app)
    app.text_input(key="plan_kept_title").set_value("Plan <b>2030</b>")
    app.button(key="plan_kept_keep").click().run()
    assert "Opened: Plan <b>2030</b>, version 1" in read(app)
    assert "<b>2030</b>" not in text_of(app)
    other = followed(lang="en")
    assert "Opened" not in read(other)
    other.button(key="plan_kept_open").click().run()
    other.button(key="plan_review").click().run()
    assert not other.exception
    assert "version 2" in read(other)
    assert "Review of" in read(other)
    app.button(key="plan_kept_follow").click().run()  # the first session has not seen the review
    assert any("changed" in box.value for box in app.warning)
    assert "Opened: Plan <b>2030</b>, version 1" in read(app)


GOAL = {
    "en": ("Goal: an EGDI of 0.95", "rank 40 in EGDI", "Own target (Online Service Index"),
    "es": ("Objetivo: un EGDI de 0,95", "el puesto 40 en el EGDI", "Meta propia ("),
}


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_history_of_an_open_plan_says_who_changed_what_in_words(lang: str) -> None:
    app = followed(lang=lang)
    app.text_input(key="plan_kept_title").set_value("Plan <i>")
    app.button(key="plan_kept_keep").click().run()
    item_id = app.session_state["escala_plan_kept"].item.id
    workspace = WORKPLACE.opened()
    held = follow_up.opened(workspace, LOCAL, item_id)
    own = plan.OwnTarget(kpi="OSI", value=0.97, year=2028)
    words = {"owners": {"services.connected": "<u>AGESIC"}, "statuses": {"services.connected": "done"}}
    now = held.plan.model_copy(update={"kind": "rank", "value": 40.0, "own_targets": (own,), **words})
    follow_up.follow(workspace, Person("ana", "Ana <b>", Role.EDITOR), held.item, now)
    app.run()
    said = read(app)
    assert not app.exception
    assert all(words in said for words in GOAL[lang])
    assert "Ana <b>" in said
    assert "Ana <b>" not in text_of(app)
    assert "<u>AGESIC" not in text_of(app)


def test_an_own_target_goes_into_the_link_and_can_be_taken_out(wh: Warehouse) -> None:
    with language.spoken("es"):
        app = followed(lang="es")
        app.number_input(key="plan_own_value").set_value(0.97)
        app.selectbox(key="plan_own_kpi").set_value("OSI")
        app.button(key="plan_own_add").click().run()
        assert not app.exception
        [own] = load_link(app.query_params["plan"], wh.tables).plan.own_targets
        assert (own.kpi, own.value) == ("OSI", 0.97)
        assert "Una meta propia acompaña al plan" in read(app)
        app.button(key="plan_own_remove_0").click().run()
        assert "plan" not in app.query_params


def test_served_to_others_without_a_login_it_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WORKPLACE, "is_for_others", True)
    app = followed(lang="es")
    assert not app.exception
    assert not [button for button in app.button if button.key == "plan_kept_keep"]
    assert app.info
