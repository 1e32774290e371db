"""What people add: their own figures and groups, cases under review, exercises, plans that are followed.

It lies in a database of its own, apart from the warehouse, which is only a cache of `data/`. Everything is an
entry (`Item`): a JSON document of some kind with its versions. Figures, which are many, have a table.
"""

from kpis.workspace.items import Body, Change, Item
from kpis.workspace.people import ERASED, LOCAL, Person, Role, guest
from kpis.workspace.store import Work, Workspace, open_workspace

__all__ = [
    "ERASED",
    "LOCAL",
    "Body",
    "Change",
    "Item",
    "Person",
    "Role",
    "Work",
    "Workspace",
    "guest",
    "open_workspace",
]
