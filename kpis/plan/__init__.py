"""The planner: from where a country stands to a stage, an EGDI or a rank by a year.

>>> from kpis import plan
>>> found = plan.outlook("COL", stage="connected", by=2030)      # gates, paces, precedents
>>> mine = plan.make(found, owners={"legal.transactional": "MinTIC"})
>>> plan.save(mine); plan.markdown(mine, "es"); plan.review(mine)

A plan is data: it is saved as JSON, loaded with what can be kept, and compared with new figures.
"""

from __future__ import annotations

from kpis.plan.cards import METHODS
from kpis.plan.document import Milestone, OwnTarget, Plan, Review, Reviewed, Target, make
from kpis.plan.faults import PlanError
from kpis.plan.files import FILE_LIMIT, LINK_LIMIT, Loaded, link, load, load_link, save
from kpis.plan.follow import continued, is_due, own_rows, reviewed
from kpis.plan.goals import Goal, make_goal
from kpis.plan.levers import Trial, attempt, levers
from kpis.plan.outlook import Outlook, outlook, outlook_to
from kpis.plan.paces import Arrival, arrival, seen_from
from kpis.plan.prospects import Prospects, aim_of, moves, prospects, still
from kpis.plan.releases import next_figures
from kpis.plan.reminders import Reminder, ics, reminders
from kpis.plan.review import review
from kpis.plan.rows import rows
from kpis.plan.steps import Increment, groups, increments, lessons, mobile_first
from kpis.plan.writing import markdown, outlook_of

__all__ = [
    "FILE_LIMIT",
    "LINK_LIMIT",
    "METHODS",
    "Arrival",
    "Goal",
    "Increment",
    "Loaded",
    "Milestone",
    "Outlook",
    "OwnTarget",
    "Plan",
    "PlanError",
    "Prospects",
    "Reminder",
    "Review",
    "Reviewed",
    "Target",
    "Trial",
    "aim_of",
    "arrival",
    "attempt",
    "continued",
    "groups",
    "ics",
    "increments",
    "is_due",
    "lessons",
    "levers",
    "link",
    "load",
    "load_link",
    "make",
    "make_goal",
    "markdown",
    "mobile_first",
    "moves",
    "next_figures",
    "outlook",
    "outlook_of",
    "outlook_to",
    "own_rows",
    "prospects",
    "reminders",
    "review",
    "reviewed",
    "rows",
    "save",
    "seen_from",
    "still",
]
