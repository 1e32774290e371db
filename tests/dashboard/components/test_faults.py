"""A page that fails says so in the reader's language: no traceback, no path, no link that nobody meant."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard.components import faults
from dashboard.components.messages import plain
from dashboard.reads import shared as data
from kpis.errors import DataError
from tests.few import ONE, folder

APP = Path(dashboard.__file__).parent / "app.py"
FORESEEN = {
    "en": "This part of the page could not be shown",
    "es": "No se pudo mostrar esta parte de la página",
}


def opened(lang: str, **address: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in {"lang": lang, **address}.items():
        app.query_params[name] = value
    return app.run()


def fails(*_: object, **__: object) -> None:
    raise ZeroDivisionError("a secret of /srv/app/code.py")


@pytest.mark.parametrize("lang", FORESEEN)
@pytest.mark.parametrize(
    "part",
    [
        "dashboard.reads.shared.world",  # a read of the page
        "dashboard.components.shell.controls",  # the shared controls
        "dashboard.components.shell.reader",
        "dashboard.components.frame._corner",  # a fragment within the page
    ],
)
def test_a_defect_is_one_sentence_in_the_readers_language(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    expected_defects: list[logging.LogRecord],
    part: str,
    lang: str,
) -> None:
    monkeypatch.setattr(part, fails)
    app = opened(lang)
    assert not app.exception
    assert app.error
    for box in app.error:
        assert box.value.startswith(FORESEEN[lang])
        assert "secret" not in box.value
    assert any(record.exc_info and record.exc_info[0] is ZeroDivisionError for record in expected_defects)


def test_a_fault_in_a_chart_leaves_the_rest_of_the_page(
    home: Path, monkeypatch: pytest.MonkeyPatch, expected_defects: list[logging.LogRecord]
) -> None:
    monkeypatch.setattr("dashboard.components.frame._corner", fails)
    html = "".join(str(part.proto.body) for part in opened("en").get("html"))
    assert html.count("<h1") == 1


def test_a_fault_in_the_search_leaves_the_page(
    home: Path, monkeypatch: pytest.MonkeyPatch, expected_defects: list[logging.LogRecord]
) -> None:
    monkeypatch.setattr("dashboard.search.panel.show", fails)
    app = opened("en", find="colombia")
    assert [box.value[:38] for box in app.error] == [FORESEEN["en"][:38]]
    assert "".join(str(part.proto.body) for part in app.get("html")).count("<h1") == 1


def test_an_expected_fault_is_said_without_folders_and_marks(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*_: object, **__: object) -> None:
        raise DataError("/srv/app/own/figures.csv: [click me](http://evil.example) is no value.")

    monkeypatch.setattr("dashboard.reads.shared.world", wrong)
    app = opened("en")
    assert [box.value for box in app.error] == [
        plain("figures.csv: [click me](http://evil.example) is no value.")
    ]


def test_the_reason_for_an_older_warehouse_has_no_folders_either(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "fault", lambda: f"{home}: ![x](y) cannot be read.")
    warnings = " ".join(box.value for box in opened("en").warning)
    assert str(home.parent) not in warnings
    assert plain(f"{home.name}: ![x](y) cannot be read.") in warnings


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: (path.unlink(), path.symlink_to(path)),
        lambda path: path.write_text("series,ref_area\\nEGDI,JAM\\n"),
    ],
    ids=["a folder", "a link to itself", "columns"],
)
def test_a_running_server_goes_on_with_the_last_good_warehouse(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: Callable[[Path], object]
) -> None:
    st.cache_resource.clear()
    assert not opened("en").error
    monkeypatch.setenv("ESCALA_DATA", str(folder(tmp_path / "few", ONE)))
    harm(tmp_path / "few" / "observations" / "undesa_egovkb.csv")
    os.utime(own_home, (1, 1))
    for lang, begin in (("en", "A newer warehouse"), ("es", "No se pudo abrir")):
        app = opened(lang)
        assert not app.exception
        assert not app.error
        (box,) = app.warning
        assert box.value.startswith(begin)
        assert "undesa" in box.value
        assert str(tmp_path) not in box.value
        assert "".join(str(part.proto.body) for part in app.get("html")).count("<h1") == 1
    st.cache_resource.clear()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("/srv/my data/x/area.csv: wrong", "/srv/my data/x/area.csv: wrong"),
        ("cannot read /srv/app/data/area.csv (row 3)", "cannot read area.csv (row 3)"),
        (r"cannot read C:\Users\ana\area.csv.", "cannot read area.csv."),
        ("see https://example.org/a/b", "see https://example.org/a/b"),
        ("yes and/or no, 1/2", "yes and/or no, 1/2"),
        ("data/reference/area.csv: wrong", "data/reference/area.csv: wrong"),
    ],
)
def test_paths_are_cut_to_names(monkeypatch: pytest.MonkeyPatch, said: str, shown: str) -> None:
    if "my data" in said:  # a folder with a blank is known only if it is one of ours
        monkeypatch.setenv("ESCALA_DATA", "/srv/my data")
        shown = "x/area.csv: wrong"
    assert faults.without_folders(said) == shown
