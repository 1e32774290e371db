"""Method cards come from the code; findings travel with results."""

from __future__ import annotations

import importlib
import inspect
import json
import typing

import pandas as pd
import pytest

from kpis import composite
from kpis.composite import METHODS, CompositeWarning, findings, normalise
from kpis.composite.aggregate import AggregateMethod
from kpis.composite.findings import Finding
from kpis.composite.normalise import NormaliseMethod

from .examples import TABLE


def test_every_method_of_the_contract_has_a_card():
    for method in typing.get_args(NormaliseMethod):
        assert f"normalise.{method}" in METHODS
    for method in typing.get_args(AggregateMethod):
        assert f"aggregate.{method}" in METHODS


@pytest.mark.parametrize("card", METHODS.values(), ids=list(METHODS))
def test_every_card_says_what_it_must_and_points_at_code(card):
    assert METHODS[card.id] is card
    for text in (card.name, card.step, card.formula, card.undefined, card.source):
        assert text.strip()
    if card.tolerance.startswith("relative "):
        assert 0 < float(card.tolerance.removeprefix("relative ")) <= 1e-2
    else:  # an estimate has no bound, but an error that is stated
        assert card.tolerance == "exact" or card.tolerance.startswith("sampling error: ")
    assert card.status in ("verified", "read", "working", "unconfirmed")
    module, _, name = card.code.rpartition(".")
    assert callable(getattr(importlib.import_module(module), name))


def test_every_public_function_has_a_docstring_with_its_source():
    for name in composite.__all__:
        thing = getattr(composite, name)
        if inspect.isfunction(thing):
            doc = inspect.getdoc(thing) or ""
            assert doc, name
            assert (
                "Source" in doc
                or "see `treat`" in doc
                or name in ("availability", "findings", "equal_weights")
            ), name


def test_names_of_steps_are_functions_not_modules():
    for name in (
        "treat",
        "normalise",
        "aggregate",
        "rank",
        "screen",
        "impute",
        "denominate",
        "uncertainty",
        "sobol",
    ):
        assert inspect.isfunction(getattr(composite, name))


def test_findings_survive_as_plain_data():
    with pytest.warns(CompositeWarning):
        result = normalise(TABLE.assign(K=1.0))
    assert json.loads(json.dumps(result.attrs))
    assert findings(result) == [
        Finding("normalise", "K", "all values are equal: min-max is undefined, the scores are missing")
    ]
    assert findings(pd.DataFrame()) == []


def test_a_finding_names_a_few_areas():
    text = str(Finding("aggregate", "P", "undefined", tuple("abcdefg")))
    assert text == "aggregate: P: undefined (a, b, c, d, e and 2 more)"


def test_inputs_are_never_changed():
    before = TABLE.copy()
    composite.treat(TABLE)
    composite.normalise(TABLE)
    composite.impute(TABLE)
    composite.aggregate(TABLE, pd.DataFrame({"code": ["A", "I"], "parent": ["I", None]}))
    composite.rank(TABLE)
    pd.testing.assert_frame_equal(TABLE, before)
