"""The light edition: small whole files that work from a folder, and never over somebody else's."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.command import whole
from dashboard.documents import site
from kpis.errors import RequestError
from kpis.queries import Warehouse

LIMIT = 150_000  # bytes a country
AREAS, LANGS = ["COL", "VCT", "LAO", "TUV"], ["es", "en"]  # long names, few values


@pytest.fixture(scope="module")
def folder(wh: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of four countries in both languages."""
    place = tmp_path_factory.mktemp("site")
    list(site.write(place, AREAS, LANGS, wh))
    return place


class Reader(HTMLParser):
    """What a page leads to, loads and runs."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps the tag and the addresses in it."""
        self.tags.append(tag)
        found = dict(attrs)
        if tag == "a":
            self.links.append(found.get("href") or "")
        self.loads += [value or "" for name, value in attrs if name in {"src", "data", "srcset"}]


def test_every_country_is_small_and_stands_alone(folder: Path) -> None:
    for lang in LANGS:
        for area in AREAS:
            raw = (folder / lang / f"{area}.html").read_bytes()
            page = Reader(raw.decode())
            assert len(raw) <= LIMIT
            assert page.loads == []
            assert "script" not in page.tags
            assert page.tags.count("h1") == 1


def test_links_lead_to_files_of_the_site_or_to_sources(folder: Path) -> None:
    for path in folder.rglob("*.html"):
        own = [
            link for link in Reader(path.read_text(encoding="utf-8")).links if not link.startswith("https://")
        ]
        own = [link for link in own if not link.startswith("http://")]
        assert own
        for link in own:
            assert (path.parent / link).is_file(), f"{path.name}: {link}"


def test_the_index_names_each_country_with_what_the_search_compares(folder: Path) -> None:
    text = (folder / "es" / "index.html").read_text(encoding="utf-8")
    assert set(re.findall(r'href="([A-Z]{3})\.html"', text)) == set(AREAS)
    assert 'data-n="republica democratica popular lao lao"' in text
    assert text.count("<script>") == 1
    assert re.search(r"script-src &#39;sha256-[\w+/=]+&#39;|script-src 'sha256-[\w+/=]+'", text)


def test_what_another_hand_wrote_is_left_alone(folder: Path, wh: Warehouse) -> None:
    page = folder / "es" / "COL.html"
    kept = page.read_bytes()
    page.write_text("mine", encoding="utf-8")
    with pytest.raises(RequestError, match=r"COL\.html: this file was not written by escala site"):
        list(site.write(folder, ["COL"], ["es"], wh))
    assert page.read_text(encoding="utf-8") == "mine"
    page.write_bytes(kept)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--lang", "de"], r"'de' is not spoken here. Allowed: en, es"),
        (["--lang", ","], r"is not spoken here"),
        (["--out", "-"], r"a site is a folder"),
        (["--area", "Atlantis"], r"Atlantis"),
    ],
)
def test_a_wrong_choice_is_told_before_anything_is_written(
    tmp_path: Path, options: list[str], said: str
) -> None:
    result = CliRunner().invoke(whole(), ["site", "--out", str(tmp_path / "new"), *options])
    assert isinstance(result.exception, RequestError)
    assert re.search(said, str(result.exception))
    assert not (tmp_path / "new").exists()


def test_a_site_that_is_broken_off_leaves_no_half_file_and_follows_no_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / "theirs"
    theirs.write_bytes(b"mine")
    monkeypatch.setattr(site, "pages", lambda *_: iter([site.Page("a.html", b"x")]))
    (tmp_path / ".a.html.part").symlink_to(theirs)
    assert list(site.write(tmp_path, ["COL"], ["es"])) == [tmp_path / "a.html"]
    assert theirs.read_bytes() == b"mine"

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "a.html").unlink()
    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        list(site.write(tmp_path, ["COL"], ["es"]))
    assert [path.name for path in tmp_path.iterdir()] == ["theirs"]
