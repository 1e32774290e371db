"""The controls of the page: view, country, index, and the scale, mean and weights to rebuild it with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from dashboard.charts import robustness_words as words
from dashboard.components import pickers, state
from dashboard.components.groups import usual_group
from dashboard.components.language import text as _
from dashboard.reads import robustness as reads
from dashboard.reads.reader import Reader
from dashboard.reads.robustness import Choice
from kpis.egdi.rebuilding import AGGREGATIONS
from kpis.egdi.robustness import SPREAD

OPEN = "open"  # the code of a choice that is left open
SPREADS = {"0": 0.0, "10": 0.1, "25": SPREAD, "50": 0.5}


VIEWS = ("ranges", "own")


@dataclass(frozen=True)
class Selection:
    """A view, a country, the group it is compared with, and how the index is rebuilt."""

    view: str
    area: str | None
    group: str
    choice: Choice


def show(reader: Reader) -> Selection:
    """The controls of the page."""
    with st.container(key="controls_robustness"):
        columns = st.columns([1.35, 0.95, 1.35, 1.65, 1.95], vertical_alignment="bottom")
        with columns[4]:
            view = _view()
        with columns[0]:
            area = pickers.country(reader)
        with columns[1]:
            index, edition = _index(reader)
        is_own = view == "own"
        with columns[2]:
            group = _group(reader, area) if area and not is_own else "WORLD"
        with columns[3], st.popover(_("Choices of method"), width="stretch", key="choices_robustness"):
            normalisation, aggregation = _methods(reader, index, edition, is_own=is_own)
            spread = SPREAD if is_own else _spread(reader)
            weights = () if is_own else _weights(reader, index, edition)
    if is_own:
        weights = _own_weights(reader, index, edition)
    return Selection(view, area, group, Choice(index, edition, normalisation, aggregation, weights, spread))


def _view() -> str:
    labels = {"ranges": _("How sure"), "own": _("Own weights")}
    return pickers.switch(_("View"), "show", VIEWS, VIEWS[0], labels.__getitem__)


def _group(reader: Reader, area: str) -> str:
    usual = usual_group(reader, area)
    return pickers.group(reader, name="peers", default=usual, label=_("Compared with"))


def _index(reader: Reader) -> tuple[str, int]:
    editions = {f"{index}-{edition}": (index, edition) for index, edition in reads.indices(reader.warehouse)}
    first = next(iter(editions))
    code = pickers.choose(_("Index"), "index", list(editions), first, lambda code: code.replace("-", " "))
    return editions[code or first]


def _methods(reader: Reader, index: str, edition: int, *, is_own: bool) -> tuple[str | None, str | None]:
    """The scale and the mean, None where left open. is_own: one index is rebuilt, so nothing stays open."""
    ctx = reader.ctx
    scales = reads.options(reader.warehouse, index, edition)
    normalisation = pickers.choose(
        _("Bring parts onto one scale"),
        "norm",
        [OPEN, *scales],
        OPEN,
        lambda code: _open(code, is_own, _("left open: all of these")) or words.scale(code, ctx),
    )
    aggregation = pickers.choose(
        _("Average them"),
        "mean",
        [OPEN, *AGGREGATIONS],
        OPEN,
        lambda code: _open(code, is_own, _("left open: both")) or words.mean(code, ctx),
    )
    return _fixed(normalisation), _fixed(aggregation)


def _open(code: str, is_own: bool, left_open: str) -> str:
    """A choice that is not made, in words; "" for one that is."""
    if code != OPEN:
        return ""
    return _("as the publisher does") if is_own else left_open


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
    """Inputs of the weights below each other, in the popover."""
    usual = _usual(reader, index, edition)
    weights = _read(reader, _code(index, edition), len(usual))
    for at, _name in enumerate(usual):
        _weight(reader, index, edition, weights, at)
    st.caption(_("Only the proportions count; they need not sum to 100."))
    return weights


def _own_weights(reader: Reader, index: str, edition: int) -> tuple[float, ...]:
    """Inputs of the weights side by side, what they sum to, and the way back to the published ones."""
    usual = _usual(reader, index, edition)
    weights = _read(reader, _code(index, edition), len(usual))
    with st.container(key="weights_robustness"):
        for at, column in enumerate(st.columns(len(usual), vertical_alignment="bottom")):
            with column:
                _weight(reader, index, edition, weights, at)
        with st.container(key="sum_robustness", horizontal=True, vertical_alignment="center"):
            names = [words.short(reader.kpi(part).name, index) for part in usual]
            st.html(_summed(dict(zip(names, weights or usual.values(), strict=True)), reader))
            if weights:
                st.button(
                    _("Back to the published weights"), key="weights_back", type="tertiary", on_click=_back
                )
    return weights


def _summed(weights: dict[str, float], reader: Reader) -> Markup:
    """What the weights sum to, and what each counts: "Sum 120, counted as: OSI 42%, TII 33%, HCI 25%"."""
    total = sum(weights.values())
    parts = ", ".join(f"{name} {reader.ctx.percent(weight / total, 1)}" for name, weight in weights.items())
    sentence = _("Sum {total}, counted as: {parts}").format(total=reader.ctx.number(total), parts=parts)
    return Markup('<p class="e-unit" role="status">{}</p>').format(sentence)


def _back() -> None:
    """Callback: the published weights again."""
    state.store().put("weights", [])


def _weight(reader: Reader, index: str, edition: int, weights: tuple[float, ...], at: int) -> None:
    """The input of one weight; the address holds them all as `EGDI-2024:50-25-25`."""
    usual = _usual(reader, index, edition)
    name, values = list(usual)[at], weights or tuple(usual.values())
    st.session_state[_key(at)] = values[at]
    st.number_input(
        _("Weight: {name}").format(name=words.short(reader.kpi(name).name, index)),
        min_value=0.0,
        max_value=reads.LARGEST,
        step=5.0,
        format="%.0f" if all(weight.is_integer() for weight in values) else "%.1f",
        key=_key(at),
        on_change=_take,
        args=(_code(index, edition), list(usual.values())),
        help=reader.kpi(name).name,
    )


def _code(index: str, edition: int) -> str:
    return f"{index}-{edition}"


def _usual(reader: Reader, index: str, edition: int) -> dict[str, float]:
    """The published weights as the inputs show them, by component."""
    published = reads.weights(reader.warehouse, index, edition)
    return dict(zip(published, _whole(published.values()), strict=True))


def _whole(weights: Iterable[float]) -> list[float]:
    """Weights as whole numbers in their proportions: percent, or half percent where there are halves.

    So no decimal mark is needed: the box for a number has the browser's, whatever the reader chose.
    """
    shares = [100 * weight for weight in weights]
    halves = any(abs(share % 1 - 0.5) < 0.01 for share in shares)
    return [float(round(2 * share if halves else share)) for share in shares]


def _read(reader: Reader, code: str, n: int) -> tuple[float, ...]:
    """Weights of the address; those of another index are dropped, unreadable ones noted."""
    text = state.store().free("weights")
    if not text:
        return ()
    owner = text.partition(":")[0].casefold()
    others = {_code(*other).casefold() for other in reads.indices(reader.warehouse)} - {code.casefold()}
    if owner in others:
        state.store().values["weights"] = state.store().used["weights"] = []
        return ()
    if weights := reads.weights_of(text, code, n):
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
