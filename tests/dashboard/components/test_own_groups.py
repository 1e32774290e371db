"""Groups of the reader's own: a link with one opens cold, the form makes one, hostile names stay words."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.commands.report import document_of
from dashboard.components import language, own_groups
from dashboard.components.outside import reader_of
from dashboard.pictures.of_view import picture_of
from dashboard.reads.workplace import WORKPLACE
from kpis.workspace import LOCAL, Person, Role, groups
from tests.dashboard.test_pages import opened, read, text_of
from tests.dashboard.test_trust import methods_page

ANDES = "my:Andes:BOL.COL.ECU.PER"


@pytest.fixture(autouse=True)
def _at_home(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every page reads the warehouse of all tests, and keeps in a workspace of its own."""
    monkeypatch.setenv("ESCALA_WORKSPACE", str(tmp_path / "workspace.sqlite"))
    WORKPLACE.close()
    yield
    WORKPLACE.close()


@pytest.mark.parametrize(
    ("lang", "marked", "words"),
    [
        (
            "en",
            "Andes (my group)",
            "Andes is a group of your own, with the same countries in all years: Bolivia",
        ),
        (
            "es",
            "Andes (mi grupo)",
            "Andes es un grupo propio, con los mismos países en todos los años: Bolivia",
        ),
    ],
)
def test_a_link_with_an_own_group_opens_for_another_reader(lang: str, marked: str, words: str) -> None:
    app = opened(lang=lang, group="my:Andes:PER,COL,ECU,BOL", view="ranking", year="2024")
    assert not app.exception
    assert words in read(app)
    assert marked in app.selectbox(key="control_group").options
    assert app.selectbox(key="control_group").value == ANDES
    assert app.query_params["group"] == ANDES
    assert (
        "First of 4 in the group Andes" if lang == "en" else "Primer puesto entre 4 en el grupo Andes"
    ) in read(app)


@pytest.mark.parametrize(
    "group",
    [
        "my:<img src=x onerror=alert(1)>:COL.PER",
        "my:Andes:COL.XXX",
        "my:Andes:COL",
        "my:",
        "my:[a](b):COL.PER",
    ],
)
def test_one_that_cannot_be_is_left_out_with_a_note(group: str) -> None:
    app = opened(lang="en", group=group)
    assert not app.exception
    assert app.selectbox(key="control_group").value == "WORLD"
    assert "was ignored" in read(app)
    assert "my:Andes:BOL.COL.ECU.PER" in read(app)
    assert "<img src=x" not in text_of(app)


def asked_for(app: AppTest) -> AppTest:
    """The form, asked for from the list of groups."""
    return app.selectbox(key="control_group").set_value(own_groups.NEW).run()


@pytest.fixture(params=[("en", "Dos países (my group)"), ("es", "Dos países (mi grupo)")])
def marked(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """A language and how it marks the group; lists that a test moves ask for words outside of a run."""
    with language.spoken(request.param[0]):
        yield request.param


def test_the_form_makes_a_group_and_says_what_is_wrong_with_it(marked: tuple[str, str]) -> None:
    app = asked_for(opened(lang=marked[0], group="SIDS"))
    assert not app.exception
    assert app.selectbox(key="control_group").value == "SIDS"  # nothing is chosen yet
    app.text_input(key=own_groups.NAME).set_value("A<b>")
    app.multiselect(key=own_groups.AREAS).set_value(["COL", "PER"])
    app.button(key="own_group_make").click().run()
    assert any("THAN SIGN" in box.value for box in app.warning)
    app.text_input(key=own_groups.NAME).set_value("Dos países")
    app.checkbox(key=own_groups.KEEP).check()
    app.button(key="own_group_make").click().run()
    assert not app.exception
    assert app.selectbox(key="control_group").value == "my:Dos países:COL.PER"
    app.selectbox(key="control_group").set_value("WORLD").run()
    assert marked[1] in app.selectbox(key="control_group").options
    kept = opened(lang=marked[0])  # another session of the same workspace
    assert marked[1] in kept.selectbox(key="control_group").options
    there = WORKPLACE.opened()  # while both sessions are open, somebody else keeps one and removes another
    with there.work(Person("ana", "Ana", Role.EDITOR)) as work:
        work.add("group", "keep", title="Tres", body={"areas": ["COL", "PER", "ECU"]}, state="kept")
    groups.remove(there, LOCAL, there.items(LOCAL, "group", key="dos países")[0])
    options = kept.run().selectbox(key="control_group").options
    assert [option.partition(" (")[0] for option in options if "Tres" in option or "Dos" in option] == [
        "Tres"
    ]


def test_the_list_of_methods_names_every_group_and_lets_own_ones_go(marked: tuple[str, str]) -> None:
    app = opened(methods_page, lang=marked[0], show="groups")
    assert not app.exception
    assert all(name in read(app) for name in ("G20", "CELAC", "oecd.org"))
    app.button(key="group_list_new").click().run()
    app.text_input(key=own_groups.NAME).set_value("Dos & países")
    app.multiselect(key=own_groups.AREAS).set_value(["COL", "PER"])
    app.button(key="own_group_make").click().run()
    assert "Dos & países" in unescape(read(app))
    app.button(key="own_group_remove_0").click().run()
    assert "Dos & países" not in unescape(read(app))


@pytest.mark.parametrize("view", ["?group={}&view=ranking", "gaps?group={}", "compare?area=COL&area={}"])
def test_a_picture_of_a_view_with_an_own_group_shows_it(view: str) -> None:
    about = picture_of(view.format(ANDES), "en").about
    assert about.alt
    assert "Colombia" in about.alt


def test_a_brief_of_an_own_group_says_that_it_is_one() -> None:
    document = document_of(reader_of("es"), None, "my:Andes A/B:BOL.COL.ECU.PER")
    assert document.file == "escala_Andes_A_B_es"
    assert document.title == "Andes A/B"
