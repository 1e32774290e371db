"""Own figures in the workspace: kept whole, replaced under their name, removed; each by who may."""

from __future__ import annotations

import pandas as pd
import pytest

from kpis.workspace import Workspace
from kpis.workspace.faults import RightsError
from kpis.workspace.figures import OwnFigures
from kpis.workspace.figures.keep import figures_of, keep, kept, named, remove
from tests.kpis.workspace.conftest import EDITOR, VIEWER
from tests.kpis.workspace.figures.conftest import Read


@pytest.fixture
def own(read: Read) -> OwnFigures:
    figures = read("area,period,series,value,unit\nCOL,2023,X,41,km\nCOL,2024,X,42,km\n", "Vías.csv").figures
    assert figures is not None
    return figures


def test_a_table_is_kept_replaced_and_removed(workspace: Workspace, own: OwnFigures) -> None:
    item = keep(workspace, EDITOR, own)
    assert item.title == "Vías.csv"
    pd.testing.assert_frame_equal(figures_of(workspace, VIEWER, item).figures, own.figures)
    shorter = OwnFigures("VIAS.csv", own.areas, own.series, own.figures.head(1))
    again = keep(workspace, EDITOR, shorter)
    assert again.id == item.id
    assert again.body["vintage"] == 2
    found = named(workspace, VIEWER, "vías.CSV")
    assert found is not None
    assert len(found.figures) == 1
    assert workspace.figures(VIEWER, item.id, 1).empty
    remove(workspace, EDITOR, again)
    assert kept(workspace, VIEWER) == []
    assert named(workspace, VIEWER, "Vías.csv") is None


def test_who_only_reads_keeps_and_removes_nothing(workspace: Workspace, own: OwnFigures) -> None:
    with pytest.raises(RightsError):
        keep(workspace, VIEWER, own)
    item = keep(workspace, EDITOR, own)
    with pytest.raises(RightsError):
        remove(workspace, VIEWER, item)
    assert len(kept(workspace, VIEWER)) == 1
