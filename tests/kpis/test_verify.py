"""Published UN figures, recomputed from their parts."""

from __future__ import annotations

import pytest

from kpis.catalogue import Catalogue
from kpis.egdi.cards import METHODS
from kpis.queries import Warehouse
from kpis.verify import Check, verify


@pytest.fixture(scope="module")
def checks(wh: Warehouse, catalogue: Catalogue) -> dict[tuple[str, int], Check]:
    return {(check.index, check.edition): check for check in verify(wh, catalogue)}


def test_all_editions_and_indices_are_checked(checks: dict[tuple[str, int], Check]) -> None:
    assert len([key for key in checks if key[0] == "EGDI"]) == 12
    assert {("OSI", 2024), ("TII", 2024), ("HCI", 2024)} <= set(checks)
    assert all(check.passed for check in checks.values())


def test_egdi_of_every_edition_within_one_ten_thousandth(checks: dict[tuple[str, int], Check]) -> None:
    for (index, edition), check in checks.items():
        if index == "EGDI":
            expected = {"KHM", "CMR"} if edition == 2008 else set()
            assert set(check.outside["ref_area"]) == expected
            assert check.max_residual_within <= 0.0001


@pytest.mark.parametrize(
    ("index", "tolerance", "at_least"), [("OSI", 0.0001, 193), ("TII", 0.00015, 193), ("HCI", 0.001, 185)]
)
def test_2024_sub_indices(
    checks: dict[tuple[str, int], Check], index: str, tolerance: float, at_least: int
) -> None:
    check = checks[index, 2024]
    assert check.tolerance == tolerance
    assert check.n == 193
    assert check.within >= at_least
    assert (check.outside["reason"] != "").all()


def test_the_cards_count_what_the_checks_count(checks: dict[tuple[str, int], Check]) -> None:
    osi, tii, hci = (checks[index, 2024] for index in ("OSI", "TII", "HCI"))
    assert osi.within == tii.within == hci.n == 193
    egdi, parts = METHODS[:2]
    assert parts.tolerance == (
        f"OSI within {osi.tolerance} and TII within {tii.tolerance} for {hci.n} countries, "
        f"HCI within {hci.tolerance} for {hci.within} of {hci.n}"
    )
    editions = [check for (index, _), check in checks.items() if index == "EGDI"]
    assert (
        f"within {editions[0].tolerance} of every published value of {len(editions)} editions"
        in egdi.tolerance
    )
    assert {(c.edition, a) for c in editions for a in c.outside["ref_area"]} == {(2008, "KHM"), (2008, "CMR")}


def test_an_unexplained_residual_fails(wh: Warehouse, catalogue: Catalogue) -> None:
    hci = next(index for index in catalogue.indices if index.index == "HCI")
    stripped = hci.model_copy(update={"known": {}})
    other = Catalogue(**{**vars(catalogue), "indices": (stripped,)})
    (check,) = verify(wh, other)
    assert not check.passed
    assert check.outside.iloc[0]["ref_area"] == "OMN"  # the largest residual first
