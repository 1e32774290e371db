"""The same stores as for the index chain, which the explanations build on."""

from tests.kpis.egdi.conftest import latest, small, store

__all__ = ["latest", "small", "store"]
