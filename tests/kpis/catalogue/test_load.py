"""The catalogue's promises, and every way in which an entry can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpis.catalogue import Catalogue, load
from kpis.errors import CatalogueError
from tests.conftest import TINY_ENTRIES

SEVEN = {
    "institutional",
    "legal",
    "infrastructure",
    "human_capital",
    "services",
    "participation",
    "data_outcomes",
}
EGDI_PARTS = set(
    [
        "EGDI",
        "OSI",
        "TII",
        "HCI",
        "EPI",
        "OSI_IF",
        "OSI_CP",
        "OSI_SP",
        "OSI_EPI",
        "OSI_TEC",
        "TII_MOBILE_SUBS",
        "TII_ACTIVE_MOBILE_BB",
        "TII_INTERNET_USERS",
        "TII_AFF_MOBILE_BASKET",
        "TII_AFF_FIXED_BASKET",
        "HCI_ADULT_LITERACY",
        "HCI_GER",
        "HCI_EYS",
        "HCI_MYS",
        "HCI_EGL",
    ]
)
OFFICIAL = set(
    [
        "9.c.1",
        "17.8.1",
        "17.6.1",
        "5.b.1",
        "4.4.1",
        "16.9.1",
        "16.10.2",
        "8.10.2",
        "7.1.1",
        "1.3.1",
        "3.8.1",
        "1.1.1",
        "16.6.2",
        "16.6.1",
        "5.5.1",
        "16.5.2",
    ]
)


def test_sixty_kpis_in_seven_dimensions(catalogue: Catalogue) -> None:
    in_seven = [kpi for kpi in catalogue.kpis.values() if kpi.dimension in SEVEN]
    assert len(in_seven) >= 60
    assert {kpi.dimension for kpi in in_seven} == SEVEN


def test_every_part_of_the_egdi_is_a_kpi(catalogue: Catalogue) -> None:
    assert set(catalogue.kpis) >= EGDI_PARTS


def test_the_official_indicators_of_the_method_are_measured_by_a_kpi(catalogue: Catalogue) -> None:
    measured = {link.indicator for kpi in catalogue.kpis.values() for link in kpi.sdg if link.indicator}
    assert measured >= OFFICIAL


def test_the_named_groups_lead_to_their_kpis(catalogue: Catalogue) -> None:
    ldc = set(catalogue.kpi_groups["m_government_ldc"].kpis)
    assert {"SDG_9.c.1", "SDG_9.c.1_3G", "MOBILE_MONEY", "SDG_7.1.1", "TII_AFF_MOBILE_BASKET"} <= ldc
    assert {"OSI", "TII", "EPI"} <= set(catalogue.kpi_groups["caribbean_sids"].kpis)


def test_names_are_unique_and_short_in_both_languages(catalogue: Catalogue) -> None:
    for language, most in {"en": 45, "es": 55}.items():  # official names of indices are longer in Spanish
        names = [getattr(kpi.name, language) for kpi in catalogue.kpis.values()]
        assert len(set(names)) == len(names)
        assert max(map(len, names)) <= most


def test_spanish_is_not_a_copy_of_english(catalogue: Catalogue) -> None:
    for kpi in catalogue.kpis.values():
        assert kpi.definition.en != kpi.definition.es
        assert kpi.caveat.en != kpi.caveat.es


def test_no_kpi_promises_values_beyond_its_limits_in_goalposts(catalogue: Catalogue) -> None:
    for kpi in catalogue.kpis.values():
        if kpi.goalposts:
            low, high = kpi.limits
            ends = sorted((kpi.goalposts.worst, kpi.goalposts.best))
            assert low == "none" or ends[0] >= low
            assert high == "none" or ends[1] <= high


def test_every_code_of_an_answer_has_its_words_in_both_languages(catalogue: Catalogue) -> None:
    for kpi in catalogue.kpis.values():
        if catalogue.units[kpi.unit].coded:
            assert len(kpi.levels) == kpi.limits[1] + 1, kpi.id
            assert all(level.en != level.es for level in kpi.levels), kpi.id


def test_the_legal_dimension_is_law_on_digital_matters(catalogue: Catalogue) -> None:
    """What is perceived of rules in general belongs to institutions, so that one name means one thing."""
    legal = {kpi.id for kpi in catalogue.kpis.values() if kpi.dimension == "legal"}
    assert not [kpi for kpi in legal if kpi.startswith("WGI")]
    assert {"SDG_16.10.2", "UNCTAD_CYBERLAW", "GTMI_I37", "GTMI_I38", "GTMI_I39", "GTMI_I42"} <= legal
    assert catalogue.kpis["WGI_RL"].dimension == catalogue.kpis["WGI_RQ"].dimension == "institutional"


def broken(tmp_path: Path, old: str, new: str) -> str:
    """The message of the loader after one change in the tiny catalogue."""
    text = (TINY_ENTRIES / "tiny.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "broken.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load([tmp_path])
    message = str(caught.value)
    assert "broken.toml" in message or "KPI group" in message
    return message


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('series = "S.A"', 'serie = "S.A"', "Did you mean 'series'"),
        ('unit = "share"\n', "", "key 'unit' is missing"),
        ('unit = "share"\n', 'unit = "shares"\n', "unit 'shares' is not known. Did you mean 'share'"),
        ('source = "src"', 'source = "scr"', "Did you mean 'src'"),
        ('direction = "lower"', 'direction = "down"', "Allowed: 'higher', 'lower', 'zero' or 'context'"),
        ('direction = "lower"\n', "", "give direction or goalposts"),
        ('series = "S.B"\n', "", "give series or derive"),
        ("worst = 0, best = 1", "worst = 1, best = 1", "worst and best must differ"),
        ('a = "A", b = "B"', 'a = "A"', "difference takes a and b"),
        ('a = "A", b = "B"', 'a = "A", b = "RATIO"', "direct KPI 'RATIO' is not known"),
        (
            'series = "S.A"',
            'series = "S.A"\ncontains = ["RATOI"]',
            "entry 'A': KPI in contains 'RATOI' is not known. Did you mean 'RATIO'",
        ),
        ('series = "S.A"', 'series = "S.A"\ncontains = ["A"]', "contains lists other KPIs"),
        ('series = "S.A"', 'series = "S.A"\ncontains = "GAP"', "key 'contains'"),
        (
            'redistribution = "open"',
            'redistribution = "open"\ne_goverment = true',
            "Did you mean 'e_government'",
        ),
        (
            'derive = { query = "difference"',
            'rank_note = { en = "n", es = "n" }\nderive = { query = "difference"',
            "rank_note goes with a rank that is computed here",
        ),
        ('series = "S.A"', 'series = "S.A"\nrank_note = { en = "n" }', "key 'rank_note.es' is missing"),
        ('query = "difference"', 'query = "minus"', "key 'derive.query'"),
        ('id = "B"', 'id = "A"', "id 'A' stands already in"),
        ('name = { en = "A", es = "A" }', 'name = { en = "A" }', "key 'name.es' is missing"),
        ('evidence = "enabling"', 'evidence = "proves"', "Allowed: 'measured', 'direct' or 'enabling'"),
        ('evidence = "enabling"', 'evidence = "measured"', "indicator goes with evidence"),
        ("[[kpi]]", "[[kpis]]", "table 'kpis' is not known. Did you mean 'kpi'"),
        ("[[kpi]]", "[[kpi]", "not valid TOML"),
        ("precision = 2", "precision = 99", "key 'precision'"),
        ('series = "S.A"', 'series = "S.A"\nscale = "tens"', "scale 'tens' is not known"),
        ('series = "S.A"', 'series = "S.A"\nlevels = [{ en = "no", es = "no" }]', "no unit of coded answers"),
        ('kind = "ratio"', 'kind = "answer"', "needs limits from 0 to its last code"),
    ],
)
def test_a_broken_entry_names_file_entry_key_and_remedy(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert said in broken(tmp_path, old, new)


LEVELS = """
[[unit]]
id = "code"
name = { en = "code", es = "código" }
symbol = ""
kind = "answer"

[[kpi]]
id = "CODED"
dimension = "services"
name = { en = "Coded", es = "Codificado" }
definition = { en = "d", es = "d" }
caveat = { en = "c", es = "c" }
unit = "code"
direction = "higher"
precision = 0
limits = [0, 2]
levels = [{ en = "no", es = "no" }, { en = "yes", es = "sí" }]
series = "S.C"
source = "src"
fresh_years = 3
"""
SCALE = """
[[scale]]
id = "thirds"
bounds = [1, 2]
source = { en = "s", es = "s" }
"""


def test_levels_name_each_code_or_none(tmp_path: Path) -> None:
    path = tmp_path / "coded.toml"
    path.write_text(LEVELS, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"coded\.toml.*CODED.*2 levels for 3 codes"):
        load([TINY_ENTRIES, tmp_path])
    path.write_text(LEVELS.replace("[0, 2]", "[0, 1]"), encoding="utf-8")
    assert [level.es for level in load([TINY_ENTRIES, tmp_path]).kpis["CODED"].levels] == ["no", "sí"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[1, 2]", "[2, 1]", "bounds must rise"),
        ("[1, 2]", "[1, 1]", "bounds must rise"),
        ("[1, 2]", "[]", "bounds"),
        ("[1, 2]", '[1, 2]\nnames = [{ en = "a", es = "a" }]', "names has one more entry than bounds"),
    ],
)
def test_a_scale_out_of_order_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    (tmp_path / "scale.toml").write_text(SCALE.replace(old, new), encoding="utf-8")
    with pytest.raises(CatalogueError, match=said):
        load([TINY_ENTRIES, tmp_path])


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="no such catalogue folder"):
        load([tmp_path / "nowhere"])


def test_text_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes("[[unit]]\nid = 'ñ'".encode("latin-1"))
    with pytest.raises(CatalogueError, match=r"latin\.toml: not UTF-8"):
        load([tmp_path])
