"""The address of pictures, and the head of pages that names it."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from dashboard.pictures.of_view import picture_of
from dashboard.reads import shared as data
from dashboard.serve import assets, picturing
from dashboard.serve.addresses import origin
from dashboard.serve.guards import SECURITY_HEADERS, SecurityHeaders
from kpis.errors import EngineError
from tests.asgi import ask

APP = Starlette(routes=[Route(picturing.PATH, picturing.picture)], middleware=[Middleware(SecurityHeaders)])


@pytest.mark.usefixtures("home")
def test_a_view_is_answered_as_a_picture_with_the_headers_of_all() -> None:
    answer = ask(APP, "/picture/stages", "country=COL&lang=es")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    assert "max-age" in answer.headers["cache-control"]
    assert {name.lower() for name in SECURITY_HEADERS} <= set(answer.headers)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("path", "query", "said"),
    [
        ("/picture/methods", "", "no picture"),
        ("/picture/../etc", "", "no picture"),
        ("/picture/", "", "no picture"),
        ("/picture/world/more", "", "no picture"),
        ("/picture/world", "kpi=" + "x" * 3000, "longer than"),
        ("/picture/world", "strange=1", "'strange' that no page reads"),
        ("/picture/stages", "country=ZZZ", "country=ZZZ"),
        ("/picture/country", "", "needs a country"),
        ("/picture/world", "kpi=<script>", "kpi=<script>"),
    ],
)
def test_what_has_none_is_404_in_plain_text(path: str, query: str, said: str) -> None:
    answer = ask(APP, path, query)
    if answer.status == 404 and "Not Found" in answer.text:
        return  # no such route at all
    assert (answer.status, answer.headers["content-type"]) == (404, "text/plain; charset=utf-8")
    assert said in answer.text


def test_without_a_warehouse_it_is_503(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> None:
        raise EngineError("no warehouse")

    monkeypatch.setattr(data, "warehouse", none)
    assert ask(APP, "/picture/world").status == 503


@pytest.mark.usefixtures("home")
def test_a_picture_is_drawn_once_for_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    monkeypatch.setattr(
        "dashboard.pictures.of_view.picture_of",
        lambda *args, **kw: drawn.append(args) or picture_of(*args, **kw),
    )
    for _twice in range(2):
        assert ask(APP, "/picture/gaps", "group=SIDS&lang=en").status == 200
    assert len(drawn) == 1


@pytest.mark.usefixtures("home")
def test_ten_thousand_addresses_of_one_view_are_one_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    monkeypatch.setattr(picturing, "_drawn_today", lambda page, query, lang: drawn.append(query) or b"")
    for query in (
        "group=SIDS&mine=COL",
        "mine=COL&utm_x=7&group=SIDS",
        "find=b&group=SIDS&mine=COL",
    ):
        assert ask(APP, "/picture/gaps", query).status == 200
    assert set(drawn) == {"group=SIDS&mine=COL"}


def test_pictures_are_drawn_one_at_a_time_and_a_crowd_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    assert picturing.DRAWING.total_tokens == 1
    monkeypatch.setattr(picturing, "MOST_WAITING", 0)
    answer = ask(APP, "/picture/world")
    assert (answer.status, answer.headers["retry-after"]) == (503, "30")


def meta(html: str) -> dict[str, str]:
    """The entries of a head by their name."""
    return dict(re.findall(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)">', html))


def test_the_head_names_the_picture_with_the_choices_of_the_page_alone() -> None:
    html = assets.first_page(
        "/stages",
        "country=COL&lang=es&utm_source=x&look=dark&find=a%22b",
        "",
        "https://data.example.org/escala/",
    )
    said = meta(html)
    address = urlsplit(said["og:image"].replace("&amp;", "&"))
    assert (address.scheme, address.netloc, address.path) == (
        "https",
        "data.example.org",
        "/escala/picture/stages",
    )
    assert parse_qs(address.query) == {"lang": ["es"], "country": ["COL"]}
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize(
    ("path", "query", "whole"),
    [("/methods", "", "https://a.org/"), ("/country", "", "https://a.org/"), ("/stages", "country=COL", "")],
)
def test_a_page_without_a_picture_or_an_address_names_none(path: str, query: str, whole: str) -> None:
    assert "og:image" not in meta(assets.first_page(path, query, "", whole))


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({"host": "a.org"}, "http://a.org/"),
        ({"host": "a.org:8501", "x-forwarded-proto": "https, http"}, "https://a.org:8501/"),
        ({"host": "a.org", "x-forwarded-prefix": "/escala"}, "http://a.org/escala/"),
        ({"host": "[::1]:80"}, "http://[::1]:80/"),
        ({"host": 'a.org"><script>'}, ""),
        ({"host": "a.org", "x-forwarded-proto": "javascript"}, "http://a.org/"),
        ({}, ""),
    ],
)
def test_the_whole_address_is_told_from_the_request(headers: dict[str, str], address: str) -> None:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    assert origin({"type": "http", "scheme": "http", "path": "/", "headers": raw}) == address
