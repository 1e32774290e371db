"""Options of `escala index` as arguments of `kpis.composite`; faults can be translated."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from kpis.cli.index_methods import IMPUTE, NORMALISE, TREAT
from kpis.intake.indicators import NEAR
from kpis.intake.numbers import LARGEST
from kpis.matching import near_miss
from kpis.messages import ChoiceError, Message, message
from kpis.texts import Text

if TYPE_CHECKING:
    from kpis.intake import Structure

T = TypeVar("T")

UNKNOWN = Text(
    "--{option}: '{value}' is not known.{near} Allowed: {allowed}.",
)
NO_NUMBER = Text(
    "--{option}: '{value}' is no number. Write it with a point, such as {example}.",
)
OUT_OF_RANGE = Text(
    "--{option}: {value} is out of range. Allowed: {low} to {high}.",
)
NO_PAIR = Text(
    "--scale: '{value}' is not two numbers, the lower first. Write --scale 1,100 (mean,sd for z-score).",
)
NO_NODE = Text(
    "--{option}: '{value}' is no level or node of the index.{near} Allowed: {allowed}.",
)
NEEDS = Text("--{option} {value} needs {what}.")


def check_option(option: str, value: str, allowed: Collection[str]) -> str:
    """A name of a closed list; ChoiceError names them all."""
    if value in allowed:
        return value
    near = near_miss(value, allowed)
    hint = message(NEAR, name=near) if near else ""
    raise ChoiceError(UNKNOWN, option=option, value=value, near=hint, allowed=", ".join(allowed))


def _check_decimal_mark(value: str) -> None:
    if value not in (".", ","):
        raise ChoiceError(UNKNOWN, option="decimal", value=value, near="", allowed="'.' ','")


def number(option: str, text: str, example: str = "0.6") -> float:
    """A finite number with a decimal point, as only such have one meaning on a command line."""
    try:
        value = float(text) if text.isascii() and "_" not in text else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ChoiceError(NO_NUMBER, option=option, value=text, example=example)
    return value


def share(option: str, text: str) -> float:
    """A share between 0 and 1."""
    value = number(option, text)
    if not 0 <= value <= 1:
        raise ChoiceError(OUT_OF_RANGE, option=option, value=text, low=0, high=1)
    return value


def scale(text: str | None, method: str) -> tuple[float, float] | None:
    """Two numbers, parted by a comma, a colon or a semicolon."""
    if text is None:
        return None
    parts = text.replace(";", ",").replace(":", ",").split(",")
    if len(parts) != 2:
        raise ChoiceError(NO_PAIR, value=text)
    try:
        low, high = (number("scale", part.strip()) for part in parts)
    except ChoiceError:
        raise ChoiceError(NO_PAIR, value=text) from None
    if max(-low, high) > LARGEST or (high <= 0 if method == "z-score" else low >= high):
        raise ChoiceError(NO_PAIR, value=text)
    return low, high


def per_node(
    option: str, text: str, levels: Collection[int], nodes: Collection[str], read: Callable[[str], T]
) -> T | dict[int | str, T]:
    """One value, or "level or code: value" for some of the nodes: "2:arithmetic,IDX:geometric".

    A code with a comma in its name cannot be written here; its level can.
    """
    if ":" not in text:
        return read(text.strip())
    by_node: dict[int | str, T] = {}
    for part in text.split(","):
        key, _, value = part.rpartition(":")
        key = key.strip()
        node: int | str = int(key) if key not in nodes and key.isascii() and key.isdecimal() else key
        if node not in nodes and node not in levels:
            allowed = [*map(str, levels), *nodes]
            near = near_miss(key, allowed)
            hint = message(NEAR, name=near) if near else ""
            raise ChoiceError(NO_NODE, option=option, value=key, near=hint, allowed=", ".join(allowed[:20]))
        by_node[node] = read(value.strip())
    return by_node


NEEDS_GROUPS = Text("--group-column NAME")
NEEDS_POSTS = Text(
    "columns 'worst' and 'best' in the structure for {codes}",
)
NEEDS_TARGETS = Text(
    "a column 'target' in the structure for {codes}",
)
NEEDS_REFERENCE = Text("--reference AREA")
OPTION_IDLE = Text(
    "--{option} has no effect with {method}.",
)
COLUMN_IDLE = Text(
    "{file}: --normalise {method} does not use {columns} of the structure; --normalise {other} does.",
)
BAD_DDOF = Text(
    "--ddof: 0 (divide by n) or 1 (by n - 1), not {value}.",
)
WITH_POSTS = ("goalposts", "scaled")
_UNSCALED = ("rank", "borda")


@dataclass(frozen=True)
class Choices:
    """The options of `escala index`, as written."""

    area_column: str | None = None
    group_column: str | None = None
    decimal: str | None = None
    impute: str | None = None
    treat: str | None = None
    max_points: int = 5
    skew_limit: float = 2.0
    kurtosis_limit: float = 3.5
    combine: bool = False
    box_cox_lambda: float = 0.0
    normalise: str = "min-max"
    scale: str | None = None
    reference: str | None = None
    cap: bool = False
    clip: bool = True
    complement: bool = False
    aggregate: str = "arithmetic"
    power: float = 2.0
    penalty: str = "down"
    ddof: int | None = None
    min_coverage: str = "0"

    def check(self) -> None:
        """ChoiceError for a name that is not in its list and a number out of range."""
        check_option("normalise", self.normalise, NORMALISE)
        check_option("penalty", self.penalty, ("down", "up"))
        for option, value, allowed in (("impute", self.impute, IMPUTE), ("treat", self.treat, TREAT)):
            if value is not None:
                check_option(option, value, allowed)
        if self.decimal is not None:
            _check_decimal_mark(self.decimal)
        if self.ddof not in (None, 0, 1):
            raise ChoiceError(BAD_DDOF, value=self.ddof)
        for name, exponent in (("power", self.power), ("box-cox-lambda", self.box_cox_lambda)):
            number(name, str(exponent), "2")
        limits = (("max-points", self.max_points), ("skew-limit", self.skew_limit))
        for option, limit in (*limits, ("kurtosis-limit", self.kurtosis_limit)):
            if not 0 <= limit < math.inf or (limit == 0 and option == "skew-limit"):
                raise ChoiceError(OUT_OF_RANGE, option=option, value=limit, low=0, high="∞")
        if (self.impute or "").startswith("group") and self.group_column is None:
            raise ChoiceError(NEEDS, option="impute", value=self.impute, what=NEEDS_GROUPS)
        if self.normalise == "distance-to-reference" and self.reference is None:
            raise ChoiceError(NEEDS, option="normalise", value=self.normalise, what=NEEDS_REFERENCE)

    @property
    def divisor(self) -> dict[str, Any]:
        return {} if self.ddof is None else {"ddof": self.ddof}


def check_structure(tree: Structure, choices: Choices) -> None:
    """ChoiceError where a method needs a column that the structure lacks."""
    needed = {
        "goalposts": (tree.goalposts, NEEDS_POSTS),
        "distance-to-target": (tree.targets, NEEDS_TARGETS),
    }
    if choices.normalise in needed:
        is_set, what = needed[choices.normalise]
        absent = [code for code in tree.indicators if code not in is_set]
        if absent:
            missing_columns = message(what, codes=", ".join(absent[:12]))
            raise ChoiceError(NEEDS, option="normalise", value=choices.normalise, what=missing_columns)


def idle(tree: Structure, choices: Choices) -> list[Message]:
    """Notes on options and columns without effect under the given methods."""
    method, mean = choices.normalise, choices.aggregate
    options = (
        ("combine", choices.combine and choices.treat in (None, "winsorise"), "--treat winsorise"),
        (
            "group-column",
            choices.group_column is not None and "group" not in str(choices.impute),
            "--impute mean",
        ),
        ("scale", choices.scale is not None and method in _UNSCALED, method),
        ("reference", choices.reference is not None and method != "distance-to-reference", method),
        ("cap", choices.cap and method not in ("distance-to-reference", "distance-to-target"), method),
        ("no-clip", not choices.clip and method != "goalposts", method),
        ("complement", choices.complement and method != "fraction-of-max", method),
        ("power", choices.power != 2 and "power" not in mean, mean),
        ("penalty", choices.penalty != "down" and "mpi" not in mean, mean),
        ("ddof", choices.ddof is not None and method != "z-score" and "mpi" not in mean, f"{method}, {mean}"),
    )
    notes = [message(OPTION_IDLE, option=option, method=name) for option, is_idle, name in options if is_idle]
    columns = (
        (tree.goalposts, "worst, best", method not in WITH_POSTS, "goalposts"),
        (tree.targets, "target", method != "distance-to-target", "distance-to-target"),
    )
    return notes + [
        message(COLUMN_IDLE, file=tree.name, columns=names, method=method, other=other)
        for is_set, names, is_idle, other in columns
        if is_set and is_idle
    ]
