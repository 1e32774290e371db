"""Runs the models on an engine, publishes the result in one step and opens it read-only."""

from kpis.warehouse.store import Store, published_version

__all__ = ["Store", "published_version"]
