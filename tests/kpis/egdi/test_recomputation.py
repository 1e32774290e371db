"""Published figures beside recomputed ones."""

from __future__ import annotations

import pytest

from kpis import egdi
from kpis.errors import RequestError
from kpis.warehouse.store import Store


@pytest.mark.parametrize(("index", "tolerance", "at_least"), [("OSI", 1e-4, 193), ("TII", 1.5e-4, 193)])
def test_osi_and_tii_of_2024_for_all_countries(
    store: Store, index: str, tolerance: float, at_least: int
) -> None:
    table = egdi.recompute(2024, store)
    assert len(table) == 193
    assert (table[f"{index}_difference"].abs() <= tolerance).sum() >= at_least


def test_hci_of_2024_for_180_countries(store: Store) -> None:
    table = egdi.recompute(2024, store)
    assert (table["HCI_difference"].abs() <= 0.001).sum() >= 180


def test_egdi_of_2024_from_published_indices_and_through_the_whole_chain(store: Store) -> None:
    table = egdi.recompute(2024, store)
    assert table["EGDI_from_indices_difference"].abs().max() <= 0.0001
    chained = table[["OSI_difference", "TII_difference", "HCI_difference"]].mean(axis=1)
    assert (table["EGDI_difference"] - chained - table["EGDI_from_indices_difference"]).abs().max() <= 1e-12
    assert set(table["recomputed_from"]) == {"components"}


def test_earlier_editions_are_recomputed_from_their_indices(store: Store) -> None:
    for edition in egdi.editions(store)[:-1]:
        table = egdi.recompute(edition, store)
        assert set(table["recomputed_from"]) == {"indices"}
        assert table[["OSI", "TII", "HCI"]].isna().all(axis=None)
        far = table.index[table["EGDI_difference"].abs() > 0.0001]
        assert set(far) == ({"KHM", "CMR"} if edition == 2008 else set())


def test_by_hand(small: Store) -> None:
    table = egdi.recompute(2024, small)
    # Columns are evenly spaced, so every z is −√1.5, 0 or √1.5 and the middle country scores 0.5.
    assert table.loc["COL", ["OSI", "TII", "HCI"]].tolist() == pytest.approx([0.5, 0.5, 0.5], abs=1e-12)
    assert table.loc["COL", "HCI_difference"] == pytest.approx(-0.05, abs=1e-12)
    assert table.loc["COL", "EGDI"] == pytest.approx(0.5, abs=1e-12)
    assert table.loc["COL", "EGDI_from_indices"] == pytest.approx(1.55 / 3, abs=1e-12)
    assert table.loc["NAM", "EGDI"] == 0
    assert table.loc["JAM", "EGDI"] == 1


def test_an_edition_that_is_not_held_is_named(store: Store) -> None:
    with pytest.raises(RequestError, match=r"edition 2023 of EGDI is not held.*2024"):
        egdi.recompute(2023, store)


def test_a_warehouse_without_the_index_says_so(tiny: object) -> None:
    with pytest.raises(RequestError, match="Editions held: none"):
        egdi.recompute(2024, tiny.tables)  # type: ignore[attr-defined]
