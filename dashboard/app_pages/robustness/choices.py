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
class Asked:
    """What was chosen: a country, the group it is compared with, and how the index is rebuilt."""

    area: str | None
    group: str
    choice: Choice


def show(reader: Reader) -> Asked:
    """The controls of the page."""
    with st.container(key="controls_robustness"):
        columns = st.columns([1.5, 1.1, 1.5, 1.2], vertical_alignment="bottom")
        with columns[0]:
            area = pickers.country(reader)
        with columns[1]:
            index, edition = _index(reader)
        with columns[2]:
            group = "WORLD"
            if area is not None:
                usual = usual_group(reader, area)
                group = pickers.group(reader, name="peers", default=usual, label=_("Compared with"))
        with columns[3], st.popover(_("Choices of method"), width="stretch", key="choices_robustness"):
            normalisation, aggregation = _methods(reader, index, edition)
            spread = _spread(reader)
            own = _weights(reader, index, edition)
    return Asked(area, group, Choice(index, edition, normalisation, aggregation, own, spread))


def _index(reader: Reader) -> tuple[str, int]:
    held = {f"{index}-{edition}": (index, edition) for index, edition in reads.indices(reader.warehouse)}
    first = next(iter(held))
    chosen = pickers.choose(_("Index"), "index", list(held), first, lambda one: one.replace("-", " "))
    return held[chosen or first]


def _methods(reader: Reader, index: str, edition: int) -> tuple[str | None, str | None]:
    ctx = reader.ctx
    scales = reads.options(reader.warehouse, index, edition)
    normalisation = pickers.choose(
        _("Bring parts onto one scale"),
        "norm",
        [OPEN, *scales],
        OPEN,
        lambda one: _("left open: all of these") if one == OPEN else words.scale(one, ctx),
    )
    aggregation = pickers.choose(
        _("Average them"),
        "mean",
        [OPEN, *AGGREGATIONS],
        OPEN,
        lambda one: _("left open: both") if one == OPEN else words.mean(one, ctx),
    )
    return tuple(None if one == OPEN else one for one in (normalisation, aggregation))  # type: ignore[return-value]


def _spread(reader: Reader) -> float:
    chosen = pickers.choose(
        _("Vary the weights"),
        "spread",
        list(SPREADS),
        "25",
        lambda one: _("not at all") if one == "0" else f"± {words.share(SPREADS[one], reader.ctx)}",
    )
    return SPREADS[chosen or "25"]


def _weights(reader: Reader, index: str, edition: int) -> tuple[float, ...]:
    """Inputs of the weights; kept in the address as `EGDI-2024:50-25-25`."""
    code = f"{index}-{edition}"
    published = reads.weights(reader.warehouse, index, edition)
    usual = _whole(published.values())
    own = _read(code, len(usual))
    whole = all(value.is_integer() for value in own)
    listed = reader.kpis
    for at, (name, value) in enumerate(zip(published, own or usual, strict=True)):
        st.session_state[_key(at)] = value
        st.number_input(
            _("Weight: {name}").format(name=listed[name].name),
            min_value=0.0,
            max_value=LARGEST,
            step=5.0,
            format="%.0f" if whole else "%.1f",
            key=_key(at),
            on_change=_take,
            args=(code, usual),
        )
    st.caption(_("Only the proportions count; they need not sum to 100."))
    return own


def _whole(weights: Iterable[float]) -> list[float]:
    """Weights as whole numbers in their proportions: percent, or half percent where there are halves.

    So no decimal mark is needed: the box for a number has the browser's, whatever the reader chose.
    """
    shares = [100 * weight for weight in weights]
    halves = any(abs(share % 1 - 0.5) < 0.01 for share in shares)
    return [float(round(2 * share if halves else share)) for share in shares]


def _read(code: str, n: int) -> tuple[float, ...]:
    """Weights of the address; those of another index are forgotten, unreadable ones noted."""
    said = state.store().free("weights")
    if not said:
        return ()
    owner, _sep, numbers = said.partition(":")
    if owner.casefold() != code.casefold():
        state.store().values["weights"] = state.store().used["weights"] = []
        return ()
    try:
        found = tuple(float(one) for one in numbers.split("-"))
    except ValueError:
        found = ()
    if len(found) == n and all(0 <= one <= LARGEST for one in found) and any(found):
        return found
    state.store().refuse("weights", f"{code}:{'-'.join(['20'] * n)} (0–100)")
    return ()


def _key(at: int) -> str:
    return state.widget(f"weights_{at}")


def _take(code: str, usual: Sequence[float]) -> None:
    """Callback: the weights become one parameter; the published ones none. All 0 weigh nothing: no change."""
    values = [float(st.session_state.get(_key(at), weight)) for at, weight in enumerate(usual)]
    if any(values):
        same = values == list(usual)
        state.store().put("weights", [] if same else [f"{code}:{'-'.join(f'{one:g}' for one in values)}"])
