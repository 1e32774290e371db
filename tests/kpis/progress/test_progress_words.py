"""A disagreement between methods, said in a sentence."""

from __future__ import annotations

import pandas as pd

from kpis import progress


def verdict(**changes: float) -> str:
    case = {
        "base_year": 2015, "base_value": 41.0, "latest_year": 2023, "latest_value": 77.0, "direction": 1,
        "target": 90.0, "target_year": 2030, "worst": 10.0, "best": 90.0, "green": 90.0,
    }  # fmt: skip
    frame = pd.DataFrame([case | changes])
    return str(progress.in_words(progress.disagreement(frame)).iloc[0])


def test_all_agree() -> None:
    assert verdict().startswith("On track by ")
    assert verdict(latest_value=42.0).startswith("Not on track by ")


def test_a_disagreement_names_both_sides() -> None:
    said = verdict(base_value=55.905, latest_value=77.3369, target=100.0, best=100.0, green=100.0, worst=7.0)
    assert said.startswith("The methods disagree: on track by ")
    assert "; not by " in said
    assert "SDSN" in said.split("; not by ")[1]


def test_what_nobody_can_assess_says_so() -> None:
    assert verdict(latest_value=float("nan")) == "No method can assess it."


def test_what_has_no_recent_figure_says_so_and_counts_for_nobody() -> None:
    read = pd.DataFrame(
        {"kpi": "X", "ref_area": "HTI", "method": list(progress.METHODS), "status": progress.NO_RECENT_FIGURE}
    )
    verdicts = progress.disagreement(read)
    row = verdicts.iloc[0]
    assert (row["verdict"], row["n_assessed"], row["n_on_track"], row["on_track_by"]) == (
        progress.NO_RECENT_FIGURE, 0, 0, "",
    )  # fmt: skip
    assert progress.in_words(verdicts).tolist() == ["No recent figure, so no status."]
    dated = verdicts.assign(latest_year=2019)
    assert progress.in_words(dated).tolist() == ["No recent figure (last: 2019)."]
