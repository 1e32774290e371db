"""What the reader leaves open and what is fixed: index, normalisation, mean, weights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.app_pages.robustness import reads, words
from dashboard.app_pages.robustness.reads import Choice
from dashboard.components import pickers, state
from dashboard.components.findings import usual_group
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from kpis.egdi.robustness import AGGREGATIONS, SPREAD

OPEN = "open"  # the code of a choice that is left open
SPREADS = {"0": 0.0, "10": 0.1, "25": SPREAD, "50": 0.5}
LARGEST = 100.0  # of one weight; only their proportions count


@dataclass(frozen=True)
class Selection:
    """A country, the group it is compared with, and how the index is rebuilt."""

    area: str | None
    group: str
    choice: Choice


def show(reader: Reader) -> Selection:
    """The controls of the page."""
    with st.container(key="controls_robustness"):
        columns = st.columns([1.5, 1.1, 1.5, 1.2], vertical_alignment="bottom")
        with columns[0]:
            area = pickers.country(reader)
        with columns[1]:
            index, edition = _index(reader)
        with columns[2]:
            group = _group(reader, area) if area else "WORLD"
        with columns[3], st.popover(_("Choices of method"), width="stretch", key="choices_robustness"):
            normalisation, aggregation = _methods(reader, index, edition)
            spread = _spread(reader)
            weights = _weights(reader, index, edition)
    return Selection(area, group, Choice(index, edition, normalisation, aggregation, weights, spread))


def _group(reader: Reader, area: str) -> str:
    usual = usual_group(reader, area)
    return pickers.group(reader, name="peers", default=usual, label=_("Compared with"))


def _index(reader: Reader) -> tuple[str, int]:
    editions = {f"{index}-{edition}": (index, edition) for index, edition in reads.indices(reader.warehouse)}
    first = next(iter(editions))
    code = pickers.choose(_("Index"), "index", list(editions), first, lambda code: code.replace("-", " "))
    return editions[code or first]


def _methods(reader: Reader, index: str, edition: int) -> tuple[str | None, str | None]:
    ctx = reader.ctx
    scales = reads.options(reader.warehouse, index, edition)
    normalisation = pickers.choose(
        _("Bring parts onto one scale"),
        "norm",
        [OPEN, *scales],
        OPEN,
        lambda code: _("left open: all of these") if code == OPEN else words.scale(code, ctx),
    )
    aggregation = pickers.choose(
        _("Average them"),
        "mean",
        [OPEN, *AGGREGATIONS],
        OPEN,
        lambda code: _("left open: both") if code == OPEN else words.mean(code, ctx),
    )
    return _fixed(normalisation), _fixed(aggregation)


def _fixed(code: str | None) -> str | None:
    """The code of a choice; None where it is left open."""
    return None if code == OPEN else code


def _spread(reader: Reader) -> float:
    code = pickers.choose(
        _("Vary the weights"),
        "spread",
        list(SPREADS),
        "25",
        lambda code: _("not at all") if code == "0" else f"± {words.share(SPREADS[code], reader.ctx)}",
    )
    return SPREADS[code or "25"]


def _weights(reader: Reader, index: str, edition: int) -> tuple[float, ...]:
    """Inputs of the weights, which the address holds as `EGDI-2024:50-25-25`."""
    code = f"{index}-{edition}"
    published = reads.weights(reader.warehouse, index, edition)
    usual = _whole(published.values())
    weights = _read(code, len(usual))
    digits = "%.0f" if all(weight.is_integer() for weight in weights) else "%.1f"
    for at, (component, weight) in enumerate(zip(published, weights or usual, strict=True)):
        st.session_state[_key(at)] = weight
        st.number_input(
            _("Weight: {name}").format(name=reader.kpi(component).name),
            min_value=0.0,
            max_value=LARGEST,
            step=5.0,
            format=digits,
            key=_key(at),
            on_change=_take,
            args=(code, usual),
        )
    st.caption(_("Only the proportions count; they need not sum to 100."))
    return weights


def _whole(weights: Iterable[float]) -> list[float]:
    """Weights as whole numbers in their proportions: percent, or half percent where there are halves.

    So no decimal mark is needed: the box for a number has the browser's, whatever the reader chose.
    """
    shares = [100 * weight for weight in weights]
    halves = any(abs(share % 1 - 0.5) < 0.01 for share in shares)
    return [float(round(2 * share if halves else share)) for share in shares]


def _read(code: str, n: int) -> tuple[float, ...]:
    """Weights of the address; those of another index are forgotten, unreadable ones noted."""
    text = state.store().free("weights")
    if not text:
        return ()
    owner, _sep, numbers = text.partition(":")
    if owner.casefold() != code.casefold():
        state.store().values["weights"] = state.store().used["weights"] = []
        return ()
    try:
        weights = tuple(float(number) for number in numbers.split("-"))
    except ValueError:
        weights = ()
    if len(weights) == n and all(0 <= weight <= LARGEST for weight in weights) and any(weights):
        return weights
    state.store().refuse("weights", f"{code}:{'-'.join(['20'] * n)} (0–100)")
    return ()


def _key(at: int) -> str:
    return state.widget(f"weights_{at}")


def _take(code: str, usual: Sequence[float]) -> None:
    """Callback: the weights become one parameter; the published ones none. All 0 weigh nothing: no change."""
    values = [float(st.session_state.get(_key(at), weight)) for at, weight in enumerate(usual)]
    if any(values):
        same = values == list(usual)
        state.store().put(
            "weights", [] if same else [f"{code}:{'-'.join(f'{weight:g}' for weight in values)}"]
        )
