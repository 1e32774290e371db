"""A slider that says where it ends and where the median of the peers lies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from dashboard.components.language import text as _
from dashboard.reads.reader import Reader

MIDDLE = 50.0  # percent of the track: the words stand on the farther side of the mark


@dataclass(frozen=True)
class Range:
    """Ends, decimals of a step (0: whole numbers), and the median of the peers, if it is known."""

    low: float
    high: float
    digits: int
    median: float | None = None


def slider(
    reader: Reader,
    label: str,
    span: Range,
    key: str,
    on_change: Callable[..., None],
    args: tuple[object, ...],
) -> float:
    """The slider with the value in the session under `key`; the style sheet sees to its ends."""
    value = st.slider(
        label,
        span.low,
        span.high,
        step=10.0**-span.digits,
        format=f"%.{span.digits}f",
        key=key,
        on_change=on_change,
        args=args,
    )
    st.html(mark(reader, span))
    return float(value)


def peers(name: str) -> Markup:
    """Whose median the marks of the sliders below are."""
    words = _("The strokes on the sliders: median of {peers}").format(peers=name)
    return Markup('<p class="e-foot e-stroke">{}</p>').format(words)


def mark(reader: Reader, span: Range) -> Markup:
    """Where the median of the peers lies on the track, in words below it; nothing where it is not known."""
    at = share(span)
    if at is None or span.median is None:
        return Markup("")
    words = _("median {value}").format(value=reader.ctx.number(span.median, span.digits))
    side = "e-from-left" if at < MIDDLE else "e-from-right"
    return Markup('<p class="e-middle {}" style="--at:{}%"><span>{}</span></p>').format(
        side, f"{at:.1f}", words
    )


def share(span: Range) -> float | None:
    """How far along the track the median lies, in percent; None where it is not known or beyond the ends."""
    if span.median is None or span.median != span.median or span.high <= span.low:
        return None
    at = (span.median - span.low) / (span.high - span.low) * 100
    return at if 0 <= at <= 100 else None
