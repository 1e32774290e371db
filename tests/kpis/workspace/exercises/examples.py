"""A questionnaire small enough to check by hand: two dimensions of three statements."""

from __future__ import annotations

from kpis.workspace.exercises import reading
from kpis.workspace.exercises.questionnaire import Questionnaire

LEVELS = ("emerging", "enhanced", "transactional", "connected")


def text() -> str:
    """As a ministry would write it, in one language."""
    head = 'code = "small"\nversion = "1"\ntitle = "Pequeño"\nabout = "Elija lo que se ve."\n'
    levels = "".join(f'[[level]]\ncode = "{code}"\nstage = "{code}"\nname = "{code}"\n' for code in LEVELS)
    return head + levels + _dimension("services", "abc") + _dimension("water", "xyz")


def _dimension(code: str, statements: str) -> str:
    parts = "".join(_statement(name) for name in statements)
    return f'[[dimension]]\ncode = "{code}"\nname = "{code.title()}"\n{parts}'


def _statement(code: str) -> str:
    seen = "".join(f'levels.{level} = "{code}: se ve {level}"\n' for level in LEVELS)
    return f'[[dimension.statement]]\ncode = "{code}"\ntext = "{code}"\nevidence = "acta"\n{seen}'


def small() -> Questionnaire:
    """The same, read."""
    return reading.load(text().encode(), "small.toml")
