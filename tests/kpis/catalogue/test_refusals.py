"""What an enemy could type into an entry is refused in one line with file and entry, or read rightly."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kpis.catalogue import Catalogue, load
from kpis.catalogue.reading import UnreadEntriesWarning
from kpis.errors import CatalogueError
from tests.conftest import ROOT, TINY_ENTRIES

TINY = (TINY_ENTRIES / "tiny.toml").read_text(encoding="utf-8")
TARGET = 'series = "S.A"\ntarget = { value = %s, source = { en = "s", es = "f" } }'
SOURCE = """
[[source]]
id = "other"
title = { en = "Other", es = "Otra" }
publisher = "Other"
url = "https://example.org"
licence = { en = "CC BY 4.0", es = "CC BY 4.0" }
redistribution = "open"
citation = "Other"
note = { en = "note", es = "nota" }
"""
KPI = """
[[kpi]]
id = "%s"
dimension = "services"
name = { en = "Other", es = "Otro" }
definition = { en = "d", es = "d" }
caveat = { en = "c", es = "c" }
unit = "share"
direction = "higher"
precision = 2
series = "%s"
source = "%s"
fresh_years = 3
"""
INDEX = """
[[index]]
index = "%s"
editions = [2020]
method = "weighted_mean"
tolerance = 0.01
source = "s"
components = [%s]
"""
GROUP = """
[[kpi_group]]
id = "few"
name = { en = "Few", es = "Pocos" }
note = { en = "n", es = "n" }
kpis = [%s]
"""
PART = '{ kpi = "B", weight = 1 }'


def refused(folder: Path, content: str | bytes) -> str:
    """The message of the loader for a file of this content, which names the file on one line."""
    path = folder / "own.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(CatalogueError) as caught:
        load([folder])
    message = str(caught.value)
    assert "\n" not in message
    assert len(message) < 1000
    return message


@pytest.mark.parametrize("number", ["inf", "-inf", "nan"])
@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('series = "S.A"', TARGET, "target.value"),
        ("worst = 0", "worst = %s", "goalposts.worst"),
        ("best = 1", "best = %s", "goalposts.best"),
        ("limits = [0, 1]", "limits = [0, %s]", "limits.1"),
        ("limits = [0, 1]", "limits = [%s, 1]", "limits.0"),
    ],
)
def test_a_number_that_is_none_is_refused(tmp_path: Path, old: str, new: str, key: str, number: str) -> None:
    message = refused(tmp_path, TINY.replace(old, new % number, 1))
    assert "own.toml: entry 'A': key" in message
    assert key in message
    assert "finite number" in message


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        # limits, goalposts and targets that contradict one another
        ("limits = [0, 1]", "limits = [1, 0]", "the first limit must be below the second"),
        ("limits = [0, 1]", "limits = [1, 1]", "the first limit must be below the second"),
        ("worst = 0, best = 1", "worst = 0, best = 100", "goalposts.best 100 is outside the limits"),
        ("worst = 0, best = 1", "worst = -1, best = 1", "goalposts.worst -1 is outside the limits"),
        ('series = "S.A"', TARGET % "75", "target 75 is outside the limits"),
        # texts that show nothing, too much or something else than they are
        ('name = { en = "A", es = "A" }', 'name = { en = " ", es = "A" }', "must not be blank"),
        ('name = { en = "A", es = "A" }', 'name = { en = "A", es = "\\u00a0\\t" }', "must not be blank"),
        ('name = { en = "A", es = "A" }', 'name = { en = "A\\u202eB", es = "A" }', "U+202E"),
        ('name = { en = "A", es = "A" }', 'name = { en = "A\\nB", es = "A" }', "must be one line"),
        ('name = { en = "A", es = "A" }', f'name = {{ en = "{"A" * 1_000_000}", es = "A" }}', "at most 120"),
        ('name = { en = "A", es = "A" }', f'name = {{ en = "{"A" * 200}", es = "A" }}', "at most 120"),
        ('publisher = "Publisher"', 'publisher = ""', "key 'publisher': must not be blank"),
        ('note = { en = "note", es = "nota" }', 'note = { en = "note", es = "" }', "key 'note.es'"),
        # addresses that are none of a page
        ('"https://example.org"', '"javascript:alert(1)"', "key 'url'"),
        ('"https://example.org"', '"JAVASCRIPT:alert(1)"', "key 'url'"),
        ('"https://example.org"', '"data:text/html,x"', "key 'url'"),
        ('"https://example.org"', '"//example.org"', "key 'url'"),
        ('"https://example.org"', '" https://example.org"', "key 'url'"),
        ('"https://example.org"', "'https://example.org/\"onclick=\"x'", "key 'url'"),
        (
            'redistribution = "open"',
            'redistribution = "open"\nlicence_url = "file:///etc/passwd"',
            "key 'licence_url'",
        ),
        # the same thing twice
        ('id = "B"', 'id = "a"', "id 'a' stands already in"),
        ('id = "GAP"', 'id = "ratio"', "id 'RATIO' stands already in"),
        (
            'sdg = [{ target = "16.6", evidence = "enabling" }]',
            'sdg = [{ target = "16.6", evidence = "enabling" }, { target = "16.6", evidence = "direct" }]',
            "SDG target 16.6 stands twice",
        ),
        # what only looks like a number, or is beyond all of them
        *(
            ("precision = 2", f"precision = {text}", "write a number, without quotes")
            for text in ('"2"', "true")
        ),
        ("fresh_years = ", "fresh_years = true #", "key 'fresh_years': write a number"),
        ("limits = [0, 1]", 'limits = ["0", "1"]', "key 'limits.0': write a number, without quotes, or"),
        ("limits = [0, 1]", "limits = [false, true]", "key 'limits.1': write a number"),
        ("limits = [0, 1]", "limits = [0, 1e308]", "key 'limits.1': write a finite number of at most 1e+18"),
        ('series = "S.A"', TARGET % '"0.5"', "key 'target.value': write a number"),
        ("worst = 0, best = 1", "worst = 0, best = 1e-320", "worst and best must differ"),
        # two KPIs of one name, and a gap of a KPI to itself
        *(
            (
                'name = { en = "B", es = "B" }',
                f'name = {{ en = "{en}", es = "{es}" }}',
                f"'name.{lang}' is the name",
            )
            for en, es, lang in (("A", "Be", "en"), ("a ", "Be", "en"), ("Be", "a", "es"))
        ),
        # what is no entry at all
        ("precision = 2", f"precision = {'9' * 5000}", "not valid TOML"),
        ("precision = 2", "precision = 1e400", "key 'precision'"),
        ('id = "A"', "id = 1979-05-27", "key 'id'"),
    ],
)
def test_a_wrong_value_is_named_with_its_file(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in TINY
    message = refused(tmp_path, TINY.replace(old, new, 1))
    assert "own.toml" in message
    assert said in message


@pytest.mark.parametrize(
    "deep", ["x = " + "[" * 2000 + "]" * 2000, "x = " + "{a = " * 2000 + "1" + "}" * 2000]
)
def test_nesting_without_end_is_refused(tmp_path: Path, deep: str) -> None:
    assert "own.toml: values are nested too deep" in refused(tmp_path, deep)


@pytest.mark.parametrize("table", ["kpi", "unit", "index"])
@pytest.mark.parametrize("content", ["%s = [1]", "%s = 1", "[%s]\nid = 'A'", "%s = [[{ id = 'A' }]]"])
def test_a_table_that_holds_no_entries_is_refused(tmp_path: Path, table: str, content: str) -> None:
    assert f"own.toml: write [[{table}]] with double brackets" in refused(tmp_path, content % table)


def test_a_number_of_thousands_of_digits_is_refused(tmp_path: Path) -> None:
    assert "own.toml: not valid TOML" in refused(tmp_path, "x = " + "9" * 10_000)


@pytest.mark.parametrize(
    ("added", "said"),
    [
        (KPI % ("a", "S.C", "src"), "id 'a' stands already in"),
        (SOURCE.replace('"other"', '"SRC"'), "id 'SRC' stands already in"),
        (
            SOURCE + KPI % ("C", "S.A", "other"),
            "series 'S.A' of source 'other' is series 'S.A' of source 'src'",
        ),
        (KPI % ("C", "s.a", "src"), "series 's.a' of source 'src' is series 'S.A'"),
        (
            SOURCE + '[[input]]\nid = "S.B"\nsource = "other"\nlabel = "l"\nunit = "share"',
            "series 'S.B' of source 'other' is series 'S.B' of source 'src'",
        ),
        (GROUP % '"A", "A"', "KPI 'A' stands twice"),
        (GROUP % "", "key 'kpis'"),
        (INDEX % ("A", ""), "key 'components'"),
        (INDEX % ("A", '{ kpi = "B", weight = nan }'), "finite number"),
        (INDEX % ("A", '{ kpi = "B", weight = inf }'), "finite number"),
        (INDEX % ("A", '{ kpi = "B", weight = 0 }'), "the weight of 'B' must be above 0"),
        (INDEX % ("A", '{ kpi = "B", weight = -1 }'), "the weight of 'B' must be above 0"),
        (INDEX % ("A", f"{PART}, {PART}"), "component 'B' stands twice"),
        (INDEX % ("A", '{ kpi = "A", weight = 1 }'), "no component of itself"),
        (INDEX % ("A", '{ kpi = "BB", weight = 1 }'), "index 'A': KPI 'BB' is not known. Did you mean 'B'"),
        (INDEX % ("A", PART) * 2, "index 'A': edition 2020 has an [[index]] already"),
        (
            INDEX % ("A", PART) + INDEX % ("B", '{ kpi = "A", weight = 1 }'),
            "computed from one another in a circle",
        ),
        (INDEX.replace("[2020]", "[]") % ("A", PART), "key 'editions'"),
        (INDEX.replace("[2020]", "[2020, 2020]") % ("A", PART), "edition 2020 stands twice"),
        (INDEX.replace("0.01", "-1") % ("A", PART), "key 'tolerance'"),
    ],
)
def test_entries_that_contradict_one_another_are_refused(tmp_path: Path, added: str, said: str) -> None:
    (tmp_path / "own.toml").write_text(added, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load([TINY_ENTRIES, tmp_path])
    assert said in str(caught.value)


def test_two_editions_of_one_index_may_have_two_rules(tmp_path: Path) -> None:
    later = INDEX.replace("[2020]", "[2022]")
    (tmp_path / "own.toml").write_text(INDEX % ("A", PART) + later % ("A", PART), encoding="utf-8")
    assert [index.editions for index in load([TINY_ENTRIES, tmp_path]).indices] == [(2020,), (2022,)]


def test_a_second_egdi_of_small_letters_cannot_take_its_links(tmp_path: Path) -> None:
    own = KPI % ("egdi", "S.OWN", "undesa_egovkb")
    own = own.replace('"share"', '"index_0_1"')
    (tmp_path / "own.toml").write_text(own, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"own\.toml: id 'egdi' stands already in .* as 'EGDI'"):
        load([ROOT / "kpis" / "catalogue" / "entries", tmp_path])


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_files_of_other_editors_are_read_as_they_are(tmp_path: Path, mark: str, end: str) -> None:
    (tmp_path / "own.toml").write_bytes((mark + TINY.replace("\n", end)).encode("utf-8"))
    assert list(load([tmp_path]).kpis) == ["A", "B", "GAP", "RATIO", "EMPTY"]


def test_utf_16_is_named(tmp_path: Path) -> None:
    assert "own.toml: not UTF-8 text" in refused(tmp_path, TINY.encode("utf-16"))


def test_a_folder_called_as_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "own.toml").mkdir()
    with pytest.raises(CatalogueError, match=r"own\.toml: cannot be read \(Is a directory\)"):
        load([tmp_path])


def test_a_link_to_nowhere_is_named(tmp_path: Path) -> None:
    (tmp_path / "own.toml").symlink_to(tmp_path / "gone.toml")
    with pytest.raises(CatalogueError, match=r"own\.toml: cannot be read"):
        load([tmp_path])


def test_a_link_to_itself_is_named(tmp_path: Path) -> None:
    (tmp_path / "own.toml").symlink_to(tmp_path / "own.toml")
    with pytest.raises(CatalogueError, match=r"own\.toml: cannot be read"):
        load([tmp_path])


def test_an_unreadable_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "closed"
    inside.mkdir()
    listed = os.scandir

    def scandir(path: str) -> object:
        if Path(path) == inside:
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(CatalogueError, match=r"closed: cannot be read \(Permission denied\)"):
        load([TINY_ENTRIES, tmp_path])


def test_the_tiny_catalogue_itself_is_right(tiny_catalogue: Catalogue) -> None:
    """Else the refusals above could be of something else."""
    assert tiny_catalogue.kpis["A"].limits == (0, 1)
    assert tiny_catalogue.sources["src"].url == "https://example.org"


@pytest.mark.parametrize(
    "url",
    [
        "https:///path",
        "https://un.org@example.com/",
        "https://example.org/\\u0001",
        "https://e\\u202Example.org",
        "data:text/html,x",
        "//example.org",
    ],
)
def test_an_address_has_a_host_and_nothing_hidden(tmp_path: Path, url: str) -> None:
    message = refused(tmp_path, SOURCE.replace("https://example.org", url))
    assert "own.toml: entry 'other': key 'url': " in message
    assert "pattern" not in message


@pytest.mark.parametrize("url", ["http://[::1]:8080/x?y=1#z", "https://münchen.de/ü", "https://un.org/a@b"])
def test_an_unusual_address_is_read(tmp_path: Path, url: str) -> None:
    (tmp_path / "own.toml").write_text(SOURCE.replace("https://example.org", url), encoding="utf-8")
    assert load([TINY_ENTRIES, tmp_path]).sources["other"].url == url


@pytest.mark.parametrize("name", ["own.toml.txt", "own.TOML", "deep/own.toml.bak", ""])
def test_a_folder_or_file_that_is_not_read_is_named(tmp_path: Path, name: str) -> None:
    """Windows hides the last part of `own.toml.txt`, and nothing of it would be there."""
    if name:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(SOURCE, encoding="utf-8")
    with pytest.warns(UnreadEntriesWarning, match=rf"{name}( is not read|: no definitions here)"):
        assert "other" not in load([TINY_ENTRIES, tmp_path]).sources
