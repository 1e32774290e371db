"""Which paths there are, and the folder in which the dashboard stands."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest

from dashboard.serve.addresses import BasePath, PathGuard, folder, host_names, root
from dashboard.serve.app import EXTRA_PATHS, HOME, PAGES
from kpis.errors import RequestError
from tests.asgi import BEHIND, ask, behind

GUARD = PathGuard(behind, pages=PAGES, home=HOME, ours=EXTRA_PATHS)
HOST = "https://host.example"


@pytest.mark.parametrize(
    ("path", "query", "target"),
    [
        ("/world", "kpi=OSI", "/?kpi=OSI"),
        ("/world", "", "/"),
        ("/world/", "", "/"),
        ("/nowhere", "lang=es", "/?lang=es&page=nowhere"),
        ("/country/COL", "", "/?page=country%2FCOL"),
        ("/paises/colombia", "lang=es", "/?lang=es&page=paises%2Fcolombia"),
        ("/a/b/c/", "", "/?page=a%2Fb%2Fc"),
        ("/country/", "country=COL", "/country?country=COL"),
        ("/país", "", "/?page=pa%C3%ADs"),
        ("/Country", "country=COL", "/country?country=COL"),
        ("/COUNTRY/", "", "/country"),
        ("/WORLD", "", "/"),
        ("/country ", "", "/country"),
        ("/country.", "lang=es", "/country?lang=es"),
        ("/country\u200b", "", "/country"),
        ("/compare)", "", "/compare"),
    ],
)
@pytest.mark.parametrize("stands", ["", "/escala", "/datos/escala"])
def test_a_path_that_is_no_page_leads_to_the_first_one(
    path: str, query: str, target: str, stands: str
) -> None:
    answer = ask(GUARD, path, query)  # a proxy has stripped the folder, and tells nothing of it
    assert answer.status == 307
    led = urlsplit(urljoin(f"{HOST}{stands}{path}", answer.headers["location"]))
    assert led.path + (f"?{led.query}" if led.query else "") == stands + target


def test_an_encoded_slash_divides_no_folder() -> None:
    location = ask(GUARD, "/a/b", raw="/a%2Fb").headers["location"]
    assert urljoin(f"{HOST}/escala/a%2Fb", location) == f"{HOST}/escala/?page=a%2Fb"


@pytest.mark.parametrize(
    "path", ["/", "/country", "/favicon.svg", "/healthz", "/readyz", "/robots.txt", "/geo/world_110m.json",
             "/_stcore/health", "/_stcore/host-config", "/_stcore/upload_file/a/b", "/media/x.csv"],
)  # fmt: skip
def test_what_is_there_is_let_pass(path: str) -> None:
    assert ask(GUARD, path).status == BEHIND


@pytest.mark.parametrize(
    "path", ["/.git/config", "/static/js/missing.js", "/own/server.py", "/index.html", "/wp-login.php",
             "/a/b.txt", "/oauth2callback", "/api", "/API/v1", "/embed", "/metrics", "/healthz/x",
             "/_stcore/agent/interact", "/_stcore/agent/openapi.json", "/_stcore/nothing", "/_nothing",
             "/component/x/y", "/a\\b", "/a\nb"],
)  # fmt: skip
def test_files_and_reserved_paths_are_not_found(path: str) -> None:
    assert ask(GUARD, path).status == 404


def test_only_readers_are_led_home() -> None:
    assert ask(GUARD, "/nowhere", method="POST").status == 404


@pytest.mark.parametrize(
    ("client", "headers", "status"),
    [
        ("127.0.0.1", {}, BEHIND),
        ("::1", {}, BEHIND),
        ("10.0.0.7", {}, 404),
        ("127.0.0.1", {"x_forwarded_for": "10.0.0.7"}, 404),
        ("127.0.0.1", {"forwarded": "for=10.0.0.7"}, 404),
    ],
)
def test_metrics_are_for_this_machine_alone(client: str, headers: dict[str, str], status: int) -> None:
    assert ask(GUARD, "/_stcore/metrics", client=client, **headers).status == status


@pytest.mark.parametrize(
    ("given", "is_"),
    [("/escala", "/escala"), ("escala/", "/escala"), ("/a/b-c/", "/a/b-c"), ("/", ""), ("", ""), (None, "")],
)
def test_a_folder_is_written_in_one_way(given: str | None, is_: str) -> None:
    assert folder(given) == is_


@pytest.mark.parametrize("given", ["a b", "/a//b", "/../x", "https://host/escala", "/a?b", "/é", "/a/./b"])
def test_what_is_no_folder_is_refused(given: str) -> None:
    with pytest.raises(RequestError, match="Allowed: letters, digits"):
        folder(given)


@pytest.mark.parametrize(
    ("base", "told", "path", "seen"),
    [
        ("/escala", "", "/escala/country", "/country"),
        ("/escala", "", "/escala/", "/"),
        ("/escala", "", "/country", "/country"),  # this proxy strips
        ("/escala", "", "/escalado/x", "/escalado/x"),
        ("", "/escala", "/escala/own/escala.css", "/own/escala.css"),
        ("", "/escala/", "/escala/", "/"),
        ("", "/escala, /inner", "/escala/country", "/country"),
        ("", "/escala", "/country", "/country"),
        ("", "/../x", "/../x/y", "/../x/y"),
        ("", "javascript:alert(1)", "/country", "/country"),
        ("/datos/escala", "/datos", "/datos/escala/plan", "/plan"),
    ],
)
def test_the_folder_is_taken_off_whoever_names_it(base: str, told: str, path: str, seen: str) -> None:
    headers = {"x_forwarded_prefix": told} if told else {}
    answer = ask(BasePath(behind, base), path, **headers)
    assert answer.text.split()[0] == seen


def test_the_folder_without_its_last_slash_is_sent_on() -> None:
    answer = ask(BasePath(behind, "/datos/escala"), "/datos/escala", "lang=es")
    assert urljoin(f"{HOST}/datos/escala", answer.headers["location"]) == f"{HOST}/datos/escala/?lang=es"


def test_the_way_home_is_counted_after_the_folder() -> None:
    within = BasePath(GUARD, "/escala")
    location = ask(within, "/escala/country/COL").headers["location"]
    assert urljoin(f"{HOST}/escala/country/COL", location) == f"{HOST}/escala/?page=country%2FCOL"
    assert root({"path": "/", "raw_path": b"/"}) == "./"


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (["data.example.org"], ["data.example.org"]),
        (["*.example.org", "localhost"], ["*.example.org", "localhost"]),
        (["a.example,b.example"], ["a.example", "b.example"]),
        ([" a.example  b.example. "], ["a.example", "b.example."]),
        (["*", "10.0.0.1", "[::1]", "fe80::1"], ["*", "10.0.0.1", "::1", "fe80::1"]),
        (["datos_1.españa.example"], ["datos_1.españa.example"]),
    ],
)
def test_names_of_the_host_are_taken_one_by_one(given: list[str], names: list[str]) -> None:
    assert host_names(given) == names


@pytest.mark.parametrize(
    "given", ["https://data.example.org", "data.example.org:443", "data.example.org/escala", "", " ", "*.",
              "a..b", "*example.org", "a@b", "[::1]:80"],
)  # fmt: skip
def test_what_would_answer_nobody_is_refused(given: str) -> None:
    with pytest.raises(RequestError, match="is no name of a host"):
        host_names([given])
