"""Findings of `kpis.composite` in Spanish too. They are kept in English; what is not listed here stays so."""

from __future__ import annotations

import re

from kpis.bilingual import Message, Text, message
from kpis.composite import Finding

_AREAS_SHOWN = 5
_FRAME = Text("{step}: {code}: {problem}{areas}", "{step}: {code}: {problem}{areas}")
_STEPS = {
    "normalise": Text("normalise", "normalización"),
    "aggregate": Text("aggregate", "agregación"),
    "treat": Text("treat", "tratamiento"),
}
# patterns of what the steps say, with their Spanish; {0} is itself looked up
_SPANISH = (
    (r"(.+): (\S+) is undefined, the scores are missing", "{0}: {1} no está definido y no hay puntuaciones"),
    (r"the (\S+) result is undefined and missing: (.+)", "el resultado de {0} no está definido y falta: {1}"),
    ("all values are equal", "todos los valores son iguales"),
    ("every value is missing", "faltan todos los valores"),
    ("only one area has a value", "solo un área tiene valor"),
    ("the maximum is not above 0", "el máximo no es mayor que 0"),
    ("lower is better and a value is not above 0", "menos es mejor y un valor no es mayor que 0"),
    ("the reference is missing", "falta el valor de la referencia"),
    ("the target is missing", "falta la meta"),
    ("the reference is not better than the worst value", "la referencia no es mejor que el peor valor"),
    ("the target is not better than the worst value", "la meta no es mejor que el peor valor"),
    ("past the goalposts, cut", "fuera de los límites, recortado"),
    ("a child is 0 or negative", "una de sus partes es 0 o negativa"),
    ("a child is negative, or 0 with a power of 0 or less", "una parte es negativa, o 0 con potencia ≤ 0"),
    (
        "the mean is not above 0, or there is one child alone and n - 1 is 0",
        "la media no es mayor que 0, o hay una sola parte y n - 1 es 0",
    ),
    ("there is no other area to compare with", "no hay otra área con la que comparar"),
    ("a child is negative, or every child is 0", "una parte es negativa, o todas son 0"),
    (r"transformed by (\S+), its unit is gone; it still fails the rule",
     "transformado con {0}, perdió su unidad; sigue sin cumplir la regla"),
    (r"transformed by (\S+), its unit is gone", "transformado con {0}, perdió su unidad"),
    ("still fails the rule", "sigue sin cumplir la regla"),
)  # fmt: skip


def spanish(problem: str) -> str:
    """A problem of a finding in Spanish; as it is where it is not known."""
    for pattern, text in _SPANISH:
        found = re.fullmatch(pattern, problem)
        if found:
            return text.format(*map(spanish, found.groups()))
    return problem


def said(finding: Finding) -> Message:
    """A finding as a message."""
    return message(
        _FRAME,
        step=_STEPS.get(finding.step, finding.step),
        code=finding.code,
        problem=Text(finding.problem, spanish(finding.problem)),
        areas=_areas(finding.areas),
    )


def _areas(areas: tuple[str, ...]) -> Text:
    if not areas:
        return Text("", "")
    shown, more = ", ".join(areas[:_AREAS_SHOWN]), len(areas) - _AREAS_SHOWN
    if more <= 0:
        return Text(f" ({shown})", f" ({shown})")
    return Text(f" ({shown} and {more} more)", f" ({shown} y {more} más)")
