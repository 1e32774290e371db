"""Who works on which workspace in this run, the cases as this person sees them, and what they do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from dashboard.app_pages.knowledge import said, words
from dashboard.components import links
from dashboard.components.language import text as _
from dashboard.reads.reader import Reader
from kpis.errors import EscalaError
from kpis.messages import TranslatedError
from kpis.workspace import Person, Role, Workspace
from kpis.workspace.knowledge.case import Case, all_cases
from kpis.workspace.knowledge.faults import IncompleteError


@dataclass(frozen=True)
class Desk:
    """The reader, the workspace and the person of a run."""

    reader: Reader
    workspace: Workspace
    person: Person

    @cached_property
    def cases(self) -> list[Case]:
        """All cases as the person may see them, newest change first; read once a run."""
        return all_cases(self.workspace, self.person)

    @cached_property
    def today(self) -> dt.date:
        """The day of this run."""
        return dt.date.today()

    def case(self, item_id: str) -> Case:
        """A case by its id in the workspace. Raises StopIteration for one that is not among `cases`."""
        return next(case for case in self.cases if case.item.id == item_id)

    def may(self, role: Role) -> bool:
        """Whether the person's role is at least this one."""
        return self.person.role is not None and self.person.role >= role

    def address(self, case: Case, part: str = "") -> str:
        """The address of a case on this page."""
        parts = {"show": part} if part else {}
        return links.address("knowledge", self.reader, record=case.item.id, **parts)

    def do(self, step: Callable[[], object], done: str) -> None:
        """Takes a step, as the callback of a button; what became of it is said at the next drawing."""
        self.attempt(step, done)

    def attempt(self, step: Callable[[], object], done: str) -> bool:
        """As `do`; True if the step was taken."""
        try:
            step()
        except IncompleteError as fault:
            fields = [words.field(each.field) for each in fault.problems if each.field != "case_id"]
            told = _("Not handed in yet. To be seen to: {fields}.").format(fields=", ".join(fields))
            said.keep(told, is_fault=True)
        except TranslatedError as fault:
            said.keep(fault.say(self.reader.lang), is_fault=True)
        except EscalaError as fault:
            said.keep(str(fault), is_fault=True)
        else:
            said.keep(done)
            return True
        return False
