"""Stores to compute on: the real figures, and three countries that can be checked by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kpis.egdi.inputs import Edition, edition_of
from kpis.warehouse.store import Store
from tests.kpis.egdi.small import small_store


@pytest.fixture(scope="session")
def store(published: Path) -> Iterator[Store]:
    """The real figures."""
    opened = Store(published)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def latest(store: Store) -> Edition:
    """The inputs of 2024."""
    return edition_of(2024, store)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three countries, worked out by hand."""
    opened = small_store(tmp_path_factory.mktemp("small"))
    yield opened
    opened.close()
