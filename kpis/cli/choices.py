"""Options of `escala index` put into the arguments of `kpis.composite`, each fault said in both languages."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from typing import TypeVar

from kpis.bilingual import ChoiceError, Text, message
from kpis.errors import near_miss
from kpis.intake.indicators import NEAR

T = TypeVar("T")

UNKNOWN = Text(
    "--{option}: '{value}' is not known.{near} Allowed: {allowed}.",
    "--{option}: no se conoce «{value}».{near} Valores: {allowed}.",
)
NO_NUMBER = Text(
    "--{option}: '{value}' is no number. Write it with a point, such as {example}.",
    "--{option}: «{value}» no es un número. Escríbalo con punto, por ejemplo {example}.",
)
OUT_OF_RANGE = Text(
    "--{option}: {value} is out of range. Allowed: {low} to {high}.",
    "--{option}: {value} está fuera de los límites. Valores: de {low} a {high}.",
)
NO_PAIR = Text(
    "--scale: '{value}' is not two numbers, the lower first. Write --scale 1,100 (mean,sd for z-score).",
    "--scale: «{value}» no son dos números, primero el menor. Escriba --scale 1,100 (media,desviación "
    "para z-score).",
)
NO_NODE = Text(
    "--{option}: '{value}' is no level or node of the index.{near} Allowed: {allowed}.",
    "--{option}: «{value}» no es un nivel ni un nodo del índice.{near} Valores: {allowed}.",
)
NEEDS = Text("--{option} {value} needs {what}.", "--{option} {value} necesita {what}.")


def one_of(option: str, value: str, allowed: Collection[str]) -> str:
    """A name of a closed list; ChoiceError names them all."""
    if value in allowed:
        return value
    near = near_miss(value, allowed)
    said = message(NEAR, name=near) if near else ""
    raise ChoiceError(UNKNOWN, option=option, value=value, near=said, allowed=", ".join(allowed))


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
    if high <= 0 if method == "z-score" else low >= high:
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
    chosen: dict[int | str, T] = {}
    for part in text.split(","):
        key, _, value = part.rpartition(":")
        key = key.strip()
        node: int | str = int(key) if key not in nodes and key.isascii() and key.isdecimal() else key
        if node not in nodes and node not in levels:
            allowed = [*map(str, levels), *nodes]
            near = near_miss(key, allowed)
            said = message(NEAR, name=near) if near else ""
            raise ChoiceError(NO_NODE, option=option, value=key, near=said, allowed=", ".join(allowed[:20]))
        chosen[node] = read(value.strip())
    return chosen
