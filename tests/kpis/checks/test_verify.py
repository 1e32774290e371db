"""Published UN figures, recomputed from their parts."""

from __future__ import annotations

import pandas as pd
import pytest

from kpis.catalogue import Catalogue
from kpis.checks.verify import Check, _compared, verify
from kpis.egdi.cards import METHODS
from kpis.queries import Warehouse


@pytest.fixture(scope="module")
def checks(wh: Warehouse, catalogue: Catalogue) -> dict[tuple[str, int], Check]:
    return {(check.index, check.edition): check for check in verify(wh, catalogue)}


def test_all_editions_and_indices_are_checked(checks: dict[tuple[str, int], Check]) -> None:
    assert len([key for key in checks if key[0] == "EGDI"]) == 12
    assert {("OSI", 2024), ("TII", 2024), ("HCI", 2024)} <= set(checks)
    assert all(check.passed for check in checks.values())


@pytest.mark.parametrize(
    ("index", "edition", "n", "tolerance"),
    [
        ("HDI", 2023, 193, 0.0005),  # 191 UN Member States, Hong Kong and Palestine; three decimals printed
        ("GCI", 2024, 194, 0.00001),  # 192 UN Member States, the Holy See and Palestine
        ("EGDI_GROUP", 2024, 193, 0),
        ("EPI_GROUP", 2024, 193, 0),
        ("OGDI_GROUP", 2024, 193, 0),
        ("EPI.RANK", 2024, 193, 0),
        ("EGDI.RANK", 2024, 193, 0),
    ],
)
def test_every_value_follows_from_its_parts(
    checks: dict[tuple[str, int], Check], index: str, edition: int, n: int, tolerance: float
) -> None:
    check = checks[index, edition]
    assert (check.n, check.within, check.tolerance) == (n, n, tolerance)
    assert check.max_residual_within <= tolerance


def test_epi_follows_from_its_printed_parts_but_for_two_countries(
    checks: dict[tuple[str, int], Check],
) -> None:
    check = checks["EPI", 2024]
    assert check.within == 191
    assert set(check.outside["ref_area"]) == {"GUY", "NLD"}


def test_ranks_of_2020_differ_where_the_publisher_split_ties(checks: dict[tuple[str, int], Check]) -> None:
    outside = checks["EGDI.RANK", 2020].outside
    assert set(outside["ref_area"]) == {"AND", "HUN", "MKD", "TLS"}
    assert (outside["residual"] == -1).all()


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
    check = next(check for check in verify(wh, other) if check.index == "HCI")
    assert not check.passed
    assert check.outside.iloc[0]["ref_area"] == "OMN"  # the largest residual first


def test_a_value_that_cannot_be_recomputed_is_outside() -> None:
    published = pd.Series({"COL": 1.0, "JAM": 2.0})
    check = _compared("X", 2024, published, pd.Series({"COL": 1.2}), 0.1, "rule", {"COL": "known"})
    assert (check.n, check.within, check.max_residual_within) == (2, 0, 0.0)
    assert check.outside.set_index("ref_area")["reason"].to_dict() == {"COL": "known", "JAM": ""}
    assert not check.passed
