"""What the steps of an index say, in Spanish."""

from __future__ import annotations

import warnings

import pandas as pd

from kpis import composite
from kpis.cli.findings import finding_message, problem_message
from kpis.composite.aggregate import _REASONS


def test_every_reason_of_aggregation_has_its_spanish() -> None:
    assert [reason for reason in _REASONS.values() if problem_message(reason) == reason] == []


def test_findings_of_normalisation_are_said_in_both_languages() -> None:
    values = pd.DataFrame(
        {"A": [1.0, 1.0], "B": [None, None], "C": [-1.0, -2.0]}, index=["x", "y"], dtype=float
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = [
            *composite.findings(composite.normalise(values, "min-max")),
            *composite.findings(composite.normalise(values[["C"]], "fraction-of-max")),
            *composite.findings(composite.normalise(values[["C"]].iloc[:1], "percentile-rank")),
        ]
    assert [finding_message(finding).say("es") for finding in found] == [
        "normalización: A: todos los valores son iguales: min-max no está definido y no hay puntuaciones",
        "normalización: B: faltan todos los valores: min-max no está definido y no hay puntuaciones",
        "normalización: C: el máximo no es mayor que 0: fraction-of-max no está definido y no hay "
        "puntuaciones",
        "normalización: C: solo un área tiene valor: percentile-rank no está definido y no hay puntuaciones",
    ]
    assert finding_message(found[0]).say("en") == str(found[0])


def test_areas_beyond_five_are_counted() -> None:
    finding = composite.Finding("aggregate", "IDX", "a child is 0 or negative", tuple("abcdefg"))
    assert finding_message(finding).say("en") == str(finding)
    assert (
        finding_message(finding).say("es")
        == "agregación: IDX: una de sus partes es 0 o negativa (a, b, c, d, e y 2 más)"
    )
