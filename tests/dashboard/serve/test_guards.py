"""The guards in front of the app: long addresses, headers, host names, files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.responses import Response
from streamlit import config

from dashboard.serve import guards, internals
from dashboard.serve.guards import (
    FORM_OVERHEAD,
    MAX_FILES,
    QUERY_LIMIT,
    AllowedHosts,
    QueryGuard,
    SecurityHeaders,
    Uploads,
)
from dashboard.stories.file import FILE_LIMIT as STORY_LIMIT
from kpis.intake.limits import MAX_BYTES
from kpis.plan import FILE_LIMIT
from kpis.workspace.exercises.reading import FILE_LIMIT as QUESTIONNAIRE_LIMIT
from tests.asgi import BEHIND, ask, behind

ROOM = MAX_BYTES + FORM_OVERHEAD
UPLOAD = "/_stcore/upload_file/session/file"


def test_a_long_address_is_explained_in_both_languages() -> None:
    answer = ask(QueryGuard(behind), "/", "a" * 500_000)
    assert answer.status == 414
    assert "500,000" in answer.text
    assert f"{QUERY_LIMIT:,}" in answer.text
    assert "demasiado larga" in answer.text


@pytest.mark.parametrize(("path", "home"), [("/", "./"), ("/country", "./"), ("/a/b", "../")])
def test_the_way_home_from_a_long_address_stays_in_the_folder(path: str, home: str) -> None:
    answer = ask(QueryGuard(behind), path, "a" * 9_000)
    assert re.findall(r'href="([^"]*)"', answer.text) == [f"{home}?lang=en", f"{home}?lang=es"]


def test_an_ordinary_address_passes_with_headers_that_keep_requests_here() -> None:
    answer = ask(SecurityHeaders(QueryGuard(behind)), "/", "kpi=EGDI")
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert answer.status == BEHIND
    assert policy["connect-src"].split() == ["'self'", "blob:", "data:"]
    assert policy["script-src"].split() == ["'self'", "'unsafe-inline'", "blob:"]
    assert "ws" not in answer.headers["content-security-policy"].replace("'unsafe", "")
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("kind", "kept", "whole"),
    [
        ("text/javascript; charset=utf-8", True, False),
        ("text/css", True, False),
        ("font/woff2", True, False),
        ("image/png", True, False),
        ("image/svg+xml", True, True),
        ("text/html", True, True),
        ("text/javascript", False, True),
    ],
)
def test_parts_of_a_page_that_are_kept_for_good_get_the_one_header_that_means_something(
    kind: str, kept: bool, whole: bool
) -> None:
    headers = {"Content-Type": kind} | ({"Cache-Control": "public, immutable"} if kept else {})
    answer = ask(SecurityHeaders(Response(b"", headers=headers)), "/own/x")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert ("content-security-policy" in answer.headers) == whole


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("datos.ejemplo.gob", BEHIND),
        ("DATOS.ejemplo.gob:8443", BEHIND),
        ("a.salas.gob", BEHIND),
        ("evil.example", 421),
        ("datos.ejemplo.gob.evil.example", 421),
        ("127.0.0.1:8501", 421),
        ("", 421),
    ],
)
def test_other_names_of_the_host_are_refused_where_some_are_named(host: str, status: int) -> None:
    before = config.get_option("server.allowedHosts")
    config.set_option("server.allowedHosts", ["datos.ejemplo.gob", "*.salas.gob"])
    try:
        assert ask(AllowedHosts(behind), "/", host=host).status == status
        assert ask(AllowedHosts(behind), "/healthz", host=host).status == BEHIND
    finally:
        config.set_option("server.allowedHosts", before)


def test_any_name_of_the_host_will_do_where_none_is_named() -> None:
    assert ask(AllowedHosts(behind), "/", host="evil.example").status == BEHIND


@pytest.mark.parametrize(
    ("parts", "headers", "status"),
    [
        ([b"x" * STORY_LIMIT], {}, BEHIND),
        ([b"x" * 1000] * 10, {}, BEHIND),
        ([b"x" * (ROOM + 1)], {}, 413),
        ([b"x" * 1_000_000] * (ROOM // 1_000_000 + 1), {}, 413),
        ([b"x"], {"content_length": str(ROOM + 1)}, 413),
        ([b"x"], {"content_length": "999999999999"}, 413),
    ],
)
def test_a_file_may_be_as_large_as_a_table_of_figures(
    parts: list[bytes], headers: dict[str, str], status: int
) -> None:
    answer = ask(Uploads(behind), UPLOAD, method="PUT", parts=parts, **headers)
    assert answer.status == status
    if status == BEHIND:
        assert answer.text == f"{UPLOAD} {sum(map(len, parts))}"


def test_a_file_that_breaks_off_is_refused() -> None:
    assert ask(Uploads(behind), UPLOAD, method="PUT", parts=()).status == 400


@pytest.mark.parametrize(("held", "status"), [(0, BEHIND), (MAX_FILES - 1, BEHIND), (MAX_FILES, 429)])
def test_a_session_holds_few_files(held: int, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(internals, "count_uploads", lambda session: held if session == "session" else 0)
    assert ask(Uploads(behind), UPLOAD, method="PUT").status == status
    assert ask(Uploads(behind), "/_stcore/upload_file/other/file", method="PUT").status == BEHIND


def test_every_control_for_files_has_a_limit_of_its_own() -> None:
    """A new control must be named in UPLOAD_LIMITS, with what it reads at most."""
    pages = Path(guards.__file__).parents[1]
    controls = [path.name for path in pages.rglob("*.py") if "st.file_uploader(" in path.read_text("utf-8")]
    assert len(controls) == len(guards.UPLOAD_LIMITS)
    limits = {"plan": FILE_LIMIT, "story": STORY_LIMIT, "figures": MAX_BYTES}
    assert limits | {"questionnaire": QUESTIONNAIRE_LIMIT} == guards.UPLOAD_LIMITS
