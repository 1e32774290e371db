"""The folder for frames of other sites: who may show it, and that all else stays closed."""

from __future__ import annotations

import pytest
from starlette.types import Receive, Scope, Send

from dashboard.serve.embedding import Embedding, sites
from dashboard.serve.guards import CONTENT_POLICY, SecurityHeaders
from kpis.errors import RequestError
from tests.asgi import BEHIND, Answer, ask, behind

MINISTRY = "https://mintic.gov.co"


def asked(path: str, *allowed: str) -> Answer:
    return ask(SecurityHeaders(Embedding(behind, allowed)), path, "kpi=EGDI")


def ancestors(answer: Answer) -> list[str]:
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    return policy["frame-ancestors"].split()


def test_a_named_site_may_frame_what_is_below_embed_and_nothing_else() -> None:
    assert ancestors(asked("/embed/country", MINISTRY)) == ["'self'", MINISTRY]
    assert ancestors(asked("/country", MINISTRY)) == ["'self'"]
    assert ancestors(asked("/embedded", MINISTRY)) == ["'self'"]


def test_nobody_may_frame_until_somebody_is_named() -> None:
    assert ancestors(asked("/embed/country")) == ["'self'"]


def test_no_other_word_of_the_policy_changes() -> None:
    opened = asked("/embed/country", MINISTRY).headers["content-security-policy"]
    assert opened.replace(f" {MINISTRY}", "") == CONTENT_POLICY


@pytest.mark.parametrize("path", ["/embed/country", "/embed/", "/embed/static/js/index.js"])
def test_the_app_sees_the_path_without_the_folder(path: str) -> None:
    answer = asked(path)
    assert answer.status == BEHIND
    assert answer.text.split()[0] == path.removeprefix("/embed")


def test_the_socket_is_found_in_the_folder_too() -> None:
    seen: list[str] = []

    async def socket(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["path"])

    from tests.asgi import awaited

    scope = {"type": "websocket", "path": "/embed/_stcore/stream", "headers": []}
    awaited(Embedding(socket)(scope, None, None))  # type: ignore[arg-type] # a socket that says nothing
    assert seen == ["/_stcore/stream"]


def test_the_folder_without_its_last_slash_leads_into_it() -> None:
    answer = asked("/embed")
    assert (answer.status, answer.headers["location"]) == (307, "./embed/?kpi=EGDI")


def test_several_sites_in_one_text_and_a_last_slash_are_understood() -> None:
    assert sites([f"{MINISTRY}/, https://*.example.org", "http://localhost:8000"]) == [
        MINISTRY,
        "https://*.example.org",
        "http://localhost:8000",
    ]
    assert sites(["*"]) == ["*"]


@pytest.mark.parametrize(
    "text",
    [
        "mintic.gov.co",
        "https://mintic.gov.co/estadisticas",
        "javascript:alert(1)",
        "https://a.org; script-src *",
        "'self'",
        "https://ho st",
        "ftp://a.org",
        "https://*",
        "https://a.org\r\nX: y",
    ],
)
def test_what_is_no_site_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(RequestError, match=r"Allowed for --embed-for: https://"):
        sites([text])
