"""An index of one's own series, over figures that can be checked by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from kpis.errors import RequestError
from kpis.messages import ChoiceError
from kpis.workspace.figures import OwnFigures
from kpis.workspace.figures.index import directed, index_of
from tests.kpis.workspace.figures.conftest import Read

AREAS = "code,name,parent,level\nN,North,COL,dept\nn1,A,N,town\nn2,B,N,town\nn3,C,N,town\nn4,D,N,town\n"
TABLE = """area,period,series,value,unit,direction,target,target year
n1,2023,WATER,10,%,higher,100,2030
n1,2024-Q1,WATER,20,,,,
n2,2024,WATER,40,,,,
n3,2024,WATER,60,,,,
n1,2024,DAYS,30,days,lower,,
n2,2024,DAYS,10,,,,
n3,2024,DAYS,20,,,,
n4,2024,DAYS,10,,,,
N,2024,WATER,99,,,,
N,2024,DAYS,99,,,,
n1,2024,POP,500,people,,,
n2,2024,POP,500,people,,,
"""
BOTH = {"WATER": 1.0, "DAYS": 1.0}


@pytest.fixture
def own(read: Read) -> OwnFigures:
    figures = read(TABLE, areas=(AREAS.encode(), "areas.csv")).figures
    assert figures is not None
    return figures


def test_scores_are_normalised_turned_round_weighted_and_ranked_among_the_level(own: OwnFigures) -> None:
    # WATER 20 40 60 -> 0 50 100; DAYS 30 10 20 10 -> 0 100 50 100
    rows = index_of(own, {"WATER": 3, "DAYS": 1}, level="town", min_coverage=1.0).rows
    assert rows["name"].tolist() == ["C", "B", "A", "D"]
    assert rows["rank"].tolist()[:3] == [1, 2, 3]
    assert rows["score"].tolist()[:3] == pytest.approx([87.5, 62.5, 0], abs=1e-9)  # sums of exact halves
    assert rows[["rank", "score"]].iloc[3].isna().all()  # D has no WATER: too little, and said so
    assert rows["coverage"].tolist() == pytest.approx([1, 1, 1, 0.25], abs=1e-12)
    assert rows[["since", "until"]].iloc[2].tolist() == ["2024-Q1", "2024"]
    assert rows["parent_name"].unique().tolist() == ["North"]


def test_what_is_missing_shares_its_weight_and_a_weight_of_nothing_leaves_out(own: OwnFigures) -> None:
    lenient = index_of(own, BOTH, level="town", min_coverage=0.5).rows.set_index("ref_area")
    assert lenient.at["n4", "score"] == pytest.approx(100, abs=1e-9)
    assert lenient.at["n4", "coverage"] == 0.5
    alone = index_of(own, {"WATER": 5, "DAYS": 0}, level="town")
    assert alone.weights == {"WATER": 1.0}
    assert "DAYS" not in alone.rows
    doubled = index_of(own, {"WATER": 20, "DAYS": 20}, level="town", min_coverage=0.5).rows
    pd.testing.assert_frame_equal(doubled, lenient.reset_index()[doubled.columns])


def test_other_methods_and_one_parent(own: OwnFigures) -> None:
    geometric = index_of(own, BOTH, parent="N", aggregate="geometric", min_coverage=1).rows
    assert geometric["name"].tolist()[:2] == ["B", "C"]
    assert geometric["score"].notna().sum() == 3  # from 1 to 100: the lowest is defined
    to_target = index_of(own, {"WATER": 1}, level="town", normalise="distance-to-target").rows
    assert to_target["score"].is_monotonic_decreasing
    assert index_of(own, {"WATER": 1}, period="2023").rows["ref_area"].tolist() == ["n1"]


def test_what_cannot_be_names_the_series(own: OwnFigures) -> None:
    assert directed(own) == ["DAYS", "WATER"]
    with pytest.raises(ChoiceError, match="'POP' has no better side"):
        index_of(own, {"POP": 1})
    with pytest.raises(RequestError, match="Did you mean 'WATER'"):
        index_of(own, {"WATR": 1})
    with pytest.raises(ChoiceError, match="No series has a weight"):
        index_of(own, {"WATER": 0})
    with pytest.raises(ChoiceError, match="'DAYS' has no own target"):
        index_of(own, BOTH, normalise="distance-to-target")
    with pytest.raises(ChoiceError, match="no geometric or harmonic mean"):
        index_of(own, BOTH, normalise="z-score", aggregate="geometric")
