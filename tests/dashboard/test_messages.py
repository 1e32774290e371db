"""Messages repeat what others wrote, and none of it becomes part of the page."""

from __future__ import annotations

import ast
import base64
import json
import zlib
from pathlib import Path

import pytest

from dashboard.components.messages import plain
from kpis import plan
from tests.conftest import ROOT
from tests.dashboard.app_pages.test_plan import plan_page
from tests.dashboard.test_pages import opened, text_of

BOXES = {"warning", "error", "info", "success", "toast", "exception"}
LOGS = {"LOG", "log", "logger", "logging", "messages"}


@pytest.fixture(autouse=True)
def _at_home(home: Path) -> None:
    """Every page reads the warehouse of all tests."""


def link(**changed: object) -> str:
    raw = {"schema_version": 1, "area": "COL", "kind": "stage", "value": 3, "by": 2030, **changed}
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(raw).encode())).decode()


def test_every_box_goes_through_messages() -> None:
    """A direct `st.warning(…)` reads its text as Markdown; calls on containers count as well."""
    direct = []
    for path in sorted((ROOT / "dashboard").rglob("*.py")):
        if path.name == "messages.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in BOXES
                and not (isinstance(node.func.value, ast.Name) and node.func.value.id in LOGS)
                and (node.args or node.keywords)
            ):
                direct.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert direct == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[click me](x)", r"\[click me\]\(x\)"),
        ("![a](b) <b> `c` *d* _e_", r"\!\[a\]\(b\) \<b\> \`c\` \*d\* \_e\_"),
        ("$x$ :red[y]", "\\$x\\$ \\:\u2060red\\[y\\]"),
        ("http://evil.example", "http\\:\u2060//evil.example"),
        ("www.evil.example WWW.X.Y", "www\u2060.evil.example WWW\u2060.X.Y"),
        (
            "a@evil.example :smile: :material/x:",
            "a@\u2060evil.example \\:\u2060smile\\: \\:\u2060material/x\\:",
        ),
        ("# a\n\n- b\r\n1. c", r"\# a \- b 1. c"),
        ("1. c", r"1\. c"),
    ],
)
def test_nothing_of_a_message_is_markup(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_link_in_the_key_of_a_plan_is_text(lang: str) -> None:
    app = opened(plan_page, lang=lang, plan=link(**{"[click me](http://evil.example/login)": 1}))
    assert not app.exception
    [box] = app.warning
    assert r"\[click me\]\(http\:" in box.value
    assert "://" not in box.value


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"value": 900}, "etapa 900 no es posible"),
        ({"value": 3.5}, "etapa 3.5 no es posible"),
        ({"kind": "egdi", "value": 85}, "EGDI 85 no es posible"),
        ({"kind": "rank", "value": 500}, "puesto 500 no es posible"),
        ({"kind": "[x](y)"}, r"\[x\]\(y\)"),
    ],
)
def test_a_goal_that_cannot_be_is_one_message_on_the_page(changed: dict[str, object], named: str) -> None:
    app = opened(plan_page, lang="es", plan=link(**changed))
    assert not app.exception
    [box] = app.warning
    assert named in box.value
    assert "<h1" in text_of(app)


def test_wrong_changes_of_the_address_are_noted() -> None:
    """An unknown component, one beyond its slider and one without a number; the right one counts."""
    wrong = ["OSI_XX:0.5", "OSI_SP:7", "OSI_SP:nan"]
    app = opened(plan_page, lang="en", country="COL", show="levers", set=["OSI_SP:0.9", *wrong])
    text = text_of(app)
    assert "0.7793 → 0.8130" in text
    for code in wrong:
        assert f"<code>set</code> = <code>{code}</code> was ignored" in text
    assert "Allowed: OSI_SP:0" in text
    assert "<code>OSI_SP:0.9</code> was ignored" not in text


def test_of_many_strange_parameters_three_are_named() -> None:
    strange = {f"zzz{i}": "x" for i in range(300)}
    app = opened(lang="en", countries="COL", **strange)
    notes = [part.proto.body for part in app.get("html") if "e-address" in part.proto.body]
    assert len(notes) == 4
    assert (
        "<code>countries</code> = <code>COL</code> was ignored. Did you mean <code>country</code>?"
        in notes[0]
    )
    assert notes[1].endswith(
        "<code>zzz0</code> = <code>x</code> was ignored. No page knows <code>zzz0</code>.</p>"
    )
    assert "Also ignored in this address: 298 more." in notes[3]
    assert not any("releases" in note or "weights" in note for note in notes)  # no list of all parameters


def test_what_the_view_does_not_use_is_one_line() -> None:
    app = opened(lang="en", country="<b>", **{"from": "2012"})
    notes = [part.proto.body for part in app.get("html") if "e-address" in part.proto.body]
    assert notes == [
        '<p class="e-note e-address" role="status">The address names what this view does not use: '
        "<code>country=&lt;b&gt;</code>, <code>from=2012</code>.</p>"
    ]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ({"kpi": "EGDX"}, "Did you mean <code>EGDI</code>? Allowed: "),
        ({"page": "wrld"}, "Did you mean <code>world</code>? Allowed: world, country"),
        (
            {"yeer": "2024"},
            "<code>yeer</code> = <code>2024</code> was ignored. Did you mean <code>year</code>?</p>",
        ),
    ],
)
def test_a_note_names_what_was_meant(address: dict[str, str], expected: str) -> None:
    assert expected in text_of(opened(lang="en", **address))


def test_of_many_notes_on_a_plan_three_are_shown() -> None:
    strange = {f"key{i}": 1 for i in range(90)}
    app = opened(plan_page, lang="en", plan=link(**strange, notes=3, owners=[], targets="x"))
    said_of = [box.value for box in app.warning]
    assert [text.startswith(f"key{i} is not known") for i, text in enumerate(said_of[:3])] == [True] * 3
    assert said_of[3:] == [r"Further notes on this plan\: 4."]
    loaded = plan.load_link(link(**strange))
    assert loaded.messages("en")[3:] == ["Further keys that are not known and were left out: 87."]
    assert "desconocidas que se omitieron: 87." in loaded.messages("es")[3]


@pytest.mark.parametrize(("kind", "value"), [("rank", 60), ("egdi", 0.85), ("stage", 3)])
def test_a_goal_that_can_be_opens_from_its_link(kind: str, value: float) -> None:
    app = opened(plan_page, lang="en", plan=link(kind=kind, value=value), show="files")
    assert not app.exception
    assert not app.warning
    assert "Colombia" in text_of(app)
