"""Where participants differ, which differences to talk about first, and what they say together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpis.workspace.exercises.profile import judge
from kpis.workspace.exercises.questionnaire import Questionnaire

Answers = Mapping[str, str]
"""What one participant answered: code of a level, or of `MISSING`, by statement."""
Tally = Mapping[str, Mapping[str, int]]
"""How many gave which answer, by statement and by code of the answer; what nobody answered is left out."""


@dataclass(frozen=True)
class Difference:
    """The answers to one statement. Levels are places in the questionnaire, 0 the lowest.

    counts: how many chose each level; n: how many chose one, n_missing: how many answered without a level.
    lowest, highest: None where nobody chose one; spread: levels between them. together: the lower median.
    decides: whether the lowest and the highest answer give its dimension different stages, with all other
    statements at what participants say together.
    """

    statement: str
    dimension: str
    counts: tuple[int, ...]
    n_missing: int
    together: str | None
    decides: bool

    @property
    def n(self) -> int:
        """How many chose a level."""
        return sum(self.counts)

    @property
    def lowest(self) -> int | None:
        """The lowest level that somebody chose."""
        return next((place for place, count in enumerate(self.counts) if count), None)

    @property
    def highest(self) -> int | None:
        """The highest level that somebody chose."""
        chosen = [place for place, count in enumerate(self.counts) if count]
        return chosen[-1] if chosen else None

    @property
    def spread(self) -> int:
        """Levels between the lowest and the highest answer; 0 where all agree or nobody chose one."""
        return 0 if self.lowest is None or self.highest is None else self.highest - self.lowest


def tally(questionnaire: Questionnaire, answers: Sequence[Answers]) -> dict[str, dict[str, int]]:
    """The answers counted, of every statement: all that participants are told of each other."""
    return {
        code: dict(Counter(one[code] for one in answers if code in one)) for code in questionnaire.statements
    }


def together(questionnaire: Questionnaire, answers: Sequence[Answers]) -> dict[str, str]:
    """What participants say together: the lower median of the levels chosen, by statement.

    Of two in the middle the lower one counts, so that no stage is reached by half of the participants against
    the other half. A statement for which nobody chose a level is left out.
    """
    return _together(questionnaire, tally(questionnaire, answers))


def _together(questionnaire: Questionnaire, counted: Tally) -> dict[str, str]:
    agreed = {}
    for code in questionnaire.statements:
        places = sorted(_places(questionnaire, counted[code]).elements())
        if places:
            agreed[code] = questionnaire.levels[places[(len(places) - 1) // 2]].code
    return agreed


def differences(questionnaire: Questionnaire, answers: Sequence[Answers]) -> tuple[Difference, ...]:
    """All statements, those to talk about first before others.

    First come differences that decide the stage of a dimension, then wider ones, then the order of the
    questionnaire. The order of participants changes nothing.
    """
    return of_tally(questionnaire, tally(questionnaire, answers))


def of_tally(questionnaire: Questionnaire, counted: Tally) -> tuple[Difference, ...]:
    """The same of answers that are counted already."""
    agreed = _together(questionnaire, counted)
    found = [_difference(questionnaire, counted[code], code, agreed) for code in questionnaire.statements]
    return tuple(sorted(found, key=lambda one: (not one.decides, -one.spread)))


def _difference(
    questionnaire: Questionnaire, counted: Mapping[str, int], code: str, agreed: dict[str, str]
) -> Difference:
    counts = _places(questionnaire, counted)
    dimension = questionnaire.dimension_of[code].code
    return Difference(
        statement=code,
        dimension=dimension,
        counts=tuple(counts[place] for place in range(len(questionnaire.levels))),
        n_missing=sum(counted.values()) - counts.total(),
        together=agreed.get(code),
        decides=_decides(questionnaire, code, sorted(counts), agreed),
    )


def _decides(questionnaire: Questionnaire, code: str, places: list[int], agreed: dict[str, str]) -> bool:
    if len(places) < 2:
        return False
    part = questionnaire.dimension_of[code]
    stages = {
        judge(questionnaire, part, agreed | {code: questionnaire.levels[place].code}).stage
        for place in (places[0], places[-1])
    }
    return len(stages) > 1


def _places(questionnaire: Questionnaire, counted: Mapping[str, int]) -> Counter[int]:
    """How many chose which level, by its place."""
    known = questionnaire.places
    return Counter({known[answer]: n for answer, n in counted.items() if answer in known})
