"""A slip of the hand is told from another name."""

from __future__ import annotations

import pytest

from kpis.warehouse.misspelt import meant

KNOWN = ("EGDI", "OSI", "EGDI.RANK", "IT_NET_USR", "GT_I12")


@pytest.mark.parametrize(
    "name", ["EGDl", "egdi", "EGDI ", "EDGI", "EGD", "EGDII", "XEGDI", "E.G.D.I", "EGDX"]
)
def test_one_slip_is_seen(name: str) -> None:
    assert meant(name, KNOWN) == "EGDI"


@pytest.mark.parametrize(
    "name", ["S.OTHER", "EGDXY", "EG", "IDGE", "GT_I345", "", "OWN.INDEX", "IT_NET_BBND"]
)
def test_another_name_is_another_name(name: str) -> None:
    assert meant(name, KNOWN) is None
