"""What is inside what: said once, in the catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpis.catalogue import Catalogue, load
from kpis.catalogue.parts import all_parts, direct_parts
from tests.conftest import TINY_ENTRIES


@pytest.fixture(scope="module")
def parts(catalogue: Catalogue) -> dict[str, frozenset[str]]:
    return all_parts(catalogue)


def test_every_derived_kpi_contains_what_it_is_derived_from(
    catalogue: Catalogue, parts: dict[str, frozenset[str]]
) -> None:
    derived = [kpi for kpi in catalogue.kpis.values() if kpi.derive]
    assert len(derived) >= 5
    for kpi in derived:
        assert kpi.derive is not None
        assert {kpi.derive.a, kpi.derive.b} - {None} <= parts[kpi.id], kpi.id


def test_every_index_contains_its_components(catalogue: Catalogue, parts: dict[str, frozenset[str]]) -> None:
    for index in catalogue.indices:
        assert {component.kpi for component in index.components} <= parts[index.index], index.index


def test_every_kpi_contains_itself_and_what_its_parts_contain(parts: dict[str, frozenset[str]]) -> None:
    for kpi, inside in parts.items():
        assert kpi in inside
        for part in inside:
            assert parts[part] <= inside, (kpi, part)


@pytest.mark.parametrize(
    ("kpi", "part"),
    [
        ("EGDI", "SDG_17.8.1"),  # EGDI ∋ TII ∋ TII_INTERNET_USERS, the ITU figure under another id
        ("EGDI_VS_INCOME", "SDG_4.1.2"),
        ("OSI_TII_GAP", "SDG_17.6.1"),
        ("GTMI", "SDG_17.8.1"),
        ("GTMI", "GCI_LEGAL"),
        ("BIPA_DIGITAL", "OSI_SP"),
        ("EPI", "OSI_EPI"),
        ("AFF_MOBILE_VS_INCOME", "TII_AFF_MOBILE_BASKET"),
        ("GPI_17.8.1", "SDG_17.8.1"),
        ("SDG_8.10.2", "ACCOUNT_WOMEN"),
    ],
)
def test_parts_at_any_depth(parts: dict[str, frozenset[str]], kpi: str, part: str) -> None:
    assert part in parts[kpi]
    assert kpi not in parts[part]


def test_what_is_apart_stays_apart(parts: dict[str, frozenset[str]]) -> None:
    for kpi, other in (("EGDI", "SDG_8.10.2"), ("OSI", "SDG_17.8.1"), ("WGI_GE", "EGDI")):
        assert not parts[kpi] & parts[other], (kpi, other)


def entry(folder: Path, name: str, old: str, new: str) -> Catalogue:
    """The tiny catalogue with one change."""
    text = (TINY_ENTRIES / "tiny.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return load([folder])


def test_one_series_under_two_ids_is_one_figure(tmp_path: Path) -> None:
    twins = entry(tmp_path, "twins.toml", 'series = "S.NONE"', 'series = "S.A"')
    parts = direct_parts(twins)
    assert "EMPTY" in parts["A"]
    assert "A" in parts["EMPTY"]
    assert all_parts(twins)["GAP"] == {"GAP", "A", "B", "EMPTY"}


def test_kpis_may_contain_each_other(tmp_path: Path) -> None:
    found = entry(tmp_path, "ring.toml", 'series = "S.A"\n', 'series = "S.A"\ncontains = ["RATIO"]\n')
    assert all_parts(found)["A"] == {"A", "RATIO", "B"}
    assert all_parts(found)["RATIO"] == {"A", "RATIO", "B"}
