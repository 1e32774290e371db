"""Groups of one's own: the id is the group, and what cannot be is refused in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal as same

from kpis import stages
from kpis.cases import search
from kpis.errors import CatalogueError, RequestError
from kpis.groups import (
    FEWEST,
    LONGEST_NAME,
    OwnGroup,
    OwnGroupError,
    from_file,
    in_catalogue,
    own_group,
    read_id,
)
from kpis.queries import Warehouse

ANDES = "my:Andes:BOL.COL.ECU.PER"
TOML = '[[group]]\nname = "Andes"\nareas = ["PER", "Colombia", "ECU", "BOL"]\n'


@pytest.mark.parametrize(
    "text",
    [
        ANDES,
        "my:Andes:PER,COL,ECU,BOL",
        "MY: Andes :per col ecu bol",
        "my:Andes:Peru,Colombia,Ecuador,Bolivia (Plurinational State of)",
        "my:Andes:BOL.COL.COL.ECU.PER.",
    ],
)
def test_one_group_has_one_id_however_it_is_written(text: str) -> None:
    group = read_id(text)
    assert group == OwnGroup("Andes", ("BOL", "COL", "ECU", "PER"))
    assert group.id == ANDES
    assert read_id(group.id) == group


@pytest.mark.parametrize("name", ["Año 2030", "Côte d'Ivoire & co.", "Países (A/B)", "भारत", "Norte–Sur +1"])
def test_names_of_any_language_survive_the_id(name: str) -> None:
    assert read_id(own_group(name, ["COL", "PER"]).id).name == name


@pytest.mark.parametrize(
    ("name", "areas", "code"),
    [
        ("", ["COL", "PER"], "no_name"),
        (" \t", ["COL", "PER"], "no_name"),
        ("x" * (LONGEST_NAME + 1), ["COL", "PER"], "long"),
        ("<script>alert(1)</script>", ["COL", "PER"], "sign"),
        ("[here](javascript:1)", ["COL", "PER"], "sign"),
        ("a:b", ["COL", "PER"], "sign"),
        ("a,b", ["COL", "PER"], "sign"),
        ("=1|2", ["COL", "PER"], "sign"),
        ("A\u202eB", ["COL", "PER"], "sign"),
        ("A\x00B", ["COL", "PER"], "sign"),
        ("Andes", ["COL"], "few"),
        ("Andes", ["COL", "Colombia"], "few"),
        ("Andes", [], "few"),
        ("Andes", ["COL", "XXX"], "area"),
        ("Andes", ["COL", "HKG"], "area"),
        ("Andes", ["COL", "Congo"], "area"),
    ],
)
def test_what_cannot_be_is_refused_in_both_languages(name: str, areas: list[str], code: str) -> None:
    with pytest.raises(OwnGroupError) as refused:
        own_group(name, areas)
    assert refused.value.code == code
    assert refused.value.say("en") != refused.value.say("es")
    assert "<" not in refused.value.say("en")


@pytest.mark.parametrize(
    "text", ["my:", "my:Andes", "my::COL.PER", "Andes:COL.PER", "my:Andes:", "my:A:B:COL.PER"]
)
def test_another_form_is_no_group(text: str) -> None:
    with pytest.raises(OwnGroupError):
        read_id(text)


def test_a_group_may_stand_in_two_lines_of_toml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "own.toml"
    file.write_text(TOML, encoding="utf-8")
    monkeypatch.setenv("ESCALA_CATALOGUE", str(tmp_path))
    assert from_file(file).id == ANDES
    assert [group.id for group in in_catalogue()] == [ANDES]
    file.write_text(TOML.replace("Andes", "A:B"), encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"own\.toml.*COLON"):
        in_catalogue()
    file.write_text('[[unit]]\nid = "x"\n', encoding="utf-8")
    with pytest.raises(CatalogueError):
        from_file(file)
    with pytest.raises(OwnGroupError, match="no such file"):
        from_file(tmp_path / "none.toml")
    file.write_text("", encoding="utf-8")
    with pytest.raises(OwnGroupError, match=r"\[\[group\]\]"):
        from_file(file)


def test_without_definitions_of_ones_own_there_are_no_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ESCALA_CATALOGUE", raising=False)
    assert in_catalogue() == []
    assert FEWEST == 2


def test_its_figures_are_those_of_a_published_group_of_the_same_members(wh: Warehouse) -> None:
    members = wh.members("PACIFIC_ALLIANCE")
    own = own_group("Own", members).id
    columns = ["kpi", "time_period", "median", "mean", "weighted_mean", "n", "n_members"]
    published = wh.group_values(["EGDI", "OSI"], "PACIFIC_ALLIANCE", [2012, 2024])[columns]
    same(wh.group_values(["EGDI", "OSI"], own, [2012, 2024])[columns], published, rtol=1e-12)
    assert set(wh.group_values("EGDI", ["WORLD", own], 2024)["group_id"]) == {"WORLD", own}
    latest = wh.group_latest("PACIFIC_ALLIANCE").drop(columns="group_id")
    same(wh.group_latest(own).drop(columns="group_id"), latest, rtol=1e-12)
    assert wh.values("EGDI", group=own).equals(wh.values("EGDI", areas=members))
    assert wh.values("EGDI", areas=["COL", "URY"], group=own)["ref_area"].unique().tolist() == ["COL"]
    assert set(wh.explore("EGDI", groups=own)["ref_area"]) == set(members)
    assert wh.members(own) == members
    assert wh.membership_notes(own).empty


def test_rooms_that_ask_for_members_know_it(wh: Warehouse) -> None:
    assert list(stages.matrix(ANDES, store=wh.tables).index) == ["BOL", "COL", "ECU", "PER"]
    assert set(search(group=ANDES, store=wh.tables)["country_iso3"]) <= {"BOL", "COL", "ECU", "PER"}


def test_no_table_holds_it(wh: Warehouse) -> None:
    wh.members(ANDES)
    assert not wh.groups()["group_id"].str.startswith("my:").any()


def test_a_wrong_one_is_a_wrong_request(wh: Warehouse) -> None:
    with pytest.raises(RequestError, match="no UN Member State"):
        wh.values("EGDI", group="my:Andes:COL.XXX")
