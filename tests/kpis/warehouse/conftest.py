"""Figures read as a build reads them, without the tables that stay the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from kpis.catalogue import Catalogue
from kpis.errors import CatalogueError, DataError
from kpis.sources.observations import COLUMNS
from kpis.warehouse.figures import stage_observations
from kpis.warehouse.reference import stage_reference
from tests.conftest import write_tiny


def figures(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """The figures as they reach the models, sorted by key."""
    return con.execute(f"select {', '.join(COLUMNS)} from staging_observation order by all").fetchall()


@pytest.fixture(scope="module")
def tiny_staged(
    tiny_catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tiny reference tables, which most of these tests leave as they are."""
    with duckdb.connect() as con:
        data = write_tiny(tmp_path_factory.mktemp("tiny") / "data")
        stage_reference(con, data / "reference", tiny_catalogue.sources)
        yield con


@dataclass(frozen=True)
class Reader:
    """Reads the figures of tiny folders."""

    con: duckdb.DuckDBPyConnection
    catalogue: Catalogue

    def read(self, data: Path) -> list[tuple[object, ...]]:
        """The figures as they reach the models."""
        self.con.begin()
        try:
            stage_observations(self.con, self.catalogue, data / "observations", open_only=False)
            return figures(self.con)
        finally:
            self.con.rollback()

    def refusal(self, data: Path) -> str:
        """What is said of a folder that is refused."""
        with pytest.raises((DataError, CatalogueError)) as caught:
            self.read(data)
        assert "\n" not in str(caught.value)
        return str(caught.value)


@pytest.fixture
def reader(tiny_staged: duckdb.DuckDBPyConnection, tiny_catalogue: Catalogue) -> Reader:
    """Reads figures with the tiny catalogue."""
    return Reader(tiny_staged, tiny_catalogue)
