"""What a browser loads first: Streamlit's files from memory, and a page that asks for them in good time."""

from __future__ import annotations

import asyncio
import gzip
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest

from dashboard import paths
from dashboard.serve import assets
from dashboard.serve.app import PAGES

SCRIPT = next(path for path in assets.served_files() if re.search(r"/static/js/index\.", path))
PLOTLY = next(path for path in assets.served_files() if re.search(r"/own/plotly\.", path))


def ask(path: str, method: str = "GET", client: str = "10.0.0.7", **headers: str) -> tuple[int, dict, bytes]:
    """Status, headers and body of an answer, without a network; 299 where the app behind was asked."""
    sent = []

    async def behind(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 299, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "client": (client, 1),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }
    with ThreadPoolExecutor(1) as own_loop:
        own_loop.submit(asyncio.run, assets.Assets(behind, PAGES)(scope, None, send)).result()
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], told, b"".join(part.get("body", b"") for part in sent[1:])


def test_a_script_comes_packed_for_a_browser_elsewhere_and_is_kept_for_good():
    status, headers, body = ask(SCRIPT, accept_encoding="gzip")
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert headers["content-type"].startswith("text/javascript")
    assert "immutable" in headers["cache-control"]
    assert gzip.decompress(body) == assets.served_files()[SCRIPT].read()
    assert int(headers["content-length"]) == len(body)


@pytest.mark.parametrize(
    ("asked", "given", "unpack"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("br;q=1.0, gzip", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("deflate", "", bytes),
    ],
)
def test_what_was_packed_before_comes_in_the_best_packing_that_is_accepted(asked, given, unpack):
    _status, headers, body = ask(PLOTLY, accept_encoding=asked)
    assert headers.get("content-encoding", "") == given
    assert headers["vary"] == "Accept-Encoding"
    assert unpack(body) == (paths.OWN / Path(PLOTLY).name).read_bytes()


def test_a_script_that_has_changed_since_it_was_packed_comes_with_gzip(monkeypatch: pytest.MonkeyPatch):
    assert ask(SCRIPT, accept_encoding="gzip, br")[1]["content-encoding"] == "br"
    file = assets.served_files()[SCRIPT]
    changed = assets.File(file.name, lambda: file.read() + b"//", {})
    monkeypatch.setitem(assets.served_files(), SCRIPT, changed)
    _status, headers, body = ask(SCRIPT, accept_encoding="gzip, br")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body).endswith(b"//")


def test_a_font_comes_as_it_is():
    font = paths.made("sans.woff2").removeprefix(".")
    _status, headers, body = ask(font, accept_encoding="gzip, br")
    assert "content-encoding" not in headers
    assert headers["content-type"] == "font/woff2"
    assert body == (paths.OWN / Path(font).name).read_bytes()


def test_our_fonts_stand_for_streamlits_in_its_styles_and_in_the_page():
    html = ask("/")[2].decode()
    assert f'href="{paths.made("sans.woff2")}"' in html
    (styles,) = re.findall(r'href="(\./static/css/index\.[^"]*)"', html)
    (theirs,) = [path.name for path in (assets.STREAMLIT / "static" / "css").glob("index.*.css")]
    assert theirs not in html
    css = ask(styles.removeprefix("."))[2].decode()
    ours = [entry["file"] for entry in paths.made_files().values() if "replaces" in entry]
    assert len(ours) == 6
    assert [file for file in ours if f"url(../../own/{file})" not in css] == []
    assert set(re.findall(r"url\(\.\./media/(Source\w+-\w+)", css)) == {"SourceCodeVF-Italic"}  # rare
    assert "url(../media/KaTeX" in css
    assert ask(f"/static/css/{theirs}")[2].decode() == css


def test_what_draws_charts_is_asked_for_behind_what_draws_a_page_and_before_its_parts():
    html = ask("/country")[2].decode()
    asked = re.findall(r'<link rel="modulepreload" crossorigin href="\./([^"]+)"', html)
    place = asked.index(paths.made("plotly.js").removeprefix("./"))
    theirs = (assets.STREAMLIT / "index.html").read_text(encoding="utf-8")
    assert asked[:place] == [path for path in asked if f"./{path}" in theirs]
    assert len(asked) > place + 20
    assert html.index('src="./static/js/index.') < html.index(f'import("{paths.made("plotly.js")}")')
    assert "world_110m" not in html
    assert "world_110m" in ask("/")[2].decode()


@pytest.mark.parametrize(
    ("client", "more", "packed"),
    [
        ("127.0.0.1", {}, False),
        ("::1", {}, False),
        ("127.0.0.1", {"x_forwarded_for": "10.0.0.7"}, True),
        ("10.0.0.7", {}, True),
    ],
)
def test_the_same_machine_gets_it_unpacked_unless_a_proxy_asks(client: str, more: dict, packed: bool):
    _status, headers, _body = ask(SCRIPT, client=client, accept_encoding="gzip", **more)
    assert ("content-encoding" in headers) == packed


def test_a_browser_without_gzip_gets_it_as_it_is():
    _status, headers, body = ask(SCRIPT)
    assert "content-encoding" not in headers
    assert body == assets.served_files()[SCRIPT].read()


def test_answers_are_not_changed_by_what_stands_around_them():
    _status, headers, _body = ask("/own/escala.css")
    headers["content-length"] = "0"
    assert int(ask("/own/escala.css")[1]["content-length"]) > 0


@pytest.mark.parametrize(
    "path",
    [
        "/static/js/../../index.html",
        "/static/js/none.js",
        "/own/server.py",
        "/own/../server.py",
        "/geo/x",
        "/_stcore/health",
        "/country/",
    ],
)
def test_what_is_not_listed_goes_on_to_the_app(path: str):
    assert ask(path)[0] == 299


def test_only_questions_are_answered():
    assert ask("/", method="POST")[0] == 299


@pytest.mark.parametrize("path", ["/", "/country", "/stages"])
def test_the_page_carries_our_name_style_and_script_and_asks_early_for_what_draws(path: str):
    status, headers, body = ask(path)
    html = body.decode()
    assert (status, headers["cache-control"]) == (200, "no-cache")
    assert " · Escala</title>" in html
    for name in assets.HEAD_FILES:
        assert paths.stamp(name) in html
    asked = re.findall(r'href="\./static/js/([\w.-]+)"', html)
    assert len(asked) == len(set(asked)), "asked for twice"
    for name in assets.EARLY:
        assert any(file.startswith(f"{name}.") for file in asked), name
    for file in asked:
        assert f"/static/js/{file}" in assets.served_files()


@pytest.mark.parametrize(("path", "page"), [("/", ""), ("/country", "country")])
def test_the_page_tells_where_the_app_begins_before_any_script_of_streamlit(path: str, page: str):
    html = ask(path)[2].decode()
    assert f"page = '{page}'" in html
    assert html.index("BACKEND_BASE_URL") < html.index('src="./static')


@pytest.mark.parametrize("path", ["/", "/country", "/plan"])
def test_the_page_names_no_address_at_the_root_of_the_host_and_none_that_is_not_served(path: str):
    html = ask(path)[2].decode()
    assert re.findall(r'(?:href|src)="(?!\./|#e-pages)[^"]*"', html) == []
    assert "_stcore/agent" not in html
    assert "You need to enable JavaScript" in html


def test_all_that_an_early_script_imports_is_asked_for_too():
    page = assets.page()
    early = re.findall(r'modulepreload" crossorigin href="\./(static/js/[\w.-]+)"', page)
    assert len(early) > 50
    for path in early:
        text = ask(f"/{path}")[2][: assets.HEAD].decode(errors="ignore")
        for wanted in assets.IMPORTED.findall(text):
            assert wanted in page, f"{path} imports {wanted}"


def test_a_version_of_streamlit_without_a_part_is_served_all_the_same():
    assert assets.needed(("NoSuchPart",), "") == []


def test_the_mark_of_an_address_changes_with_the_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "10-page.css").write_text("a{}", encoding="utf-8")
    monkeypatch.setattr(paths, "STYLES", tmp_path)
    first = paths.stamp("escala.css")
    (tmp_path / "10-page.css").write_text("b{}", encoding="utf-8")
    assert paths.stamp("escala.css") != first
