"""Tables for readers: the class `Warehouse`, one method per question.

Rooms that work out an answer (`kpis.stages`, `kpis.progress`, `kpis.plan` …) are called beside it, with the
tables of the same open warehouse.
"""

from kpis.queries.reader import Warehouse

__all__ = ["Warehouse"]
