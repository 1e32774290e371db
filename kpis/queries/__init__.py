"""The only door through which readers (app, command, API, reports) get tables."""

from kpis.queries.reader import Warehouse

__all__ = ["Warehouse"]
