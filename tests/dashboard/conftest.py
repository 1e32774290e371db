"""A reader, a KPI and a table of four countries, small enough to check by hand."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from streamlit.components.v2 import manifest_scanner

from dashboard.charts.context import Context, KpiView
from dashboard.charts.look import LIGHT
from dashboard.components.numbers import COMMA, POINT
from dashboard.reads.cached import retire_others
from tests.dashboard import seen
from tests.once import made_once


@pytest.fixture(scope="session", autouse=True)
def _components_looked_for_once() -> Iterator[None]:
    """Streamlit's test app reads the metadata of all installed packages for every app: 0.25 s each time."""
    with pytest.MonkeyPatch.context() as patched:
        scan = cache(manifest_scanner.scan_component_manifests)
        patched.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture(scope="session")
def views(published: Path, shared: Path, _components_looked_for_once: None) -> seen.Views:
    """Every view of the app as it was seen, opened once for all workers."""
    path = made_once(shared / "views.pickle", lambda path: seen.write_all(path, published))
    return seen.read_all(path)


@pytest.fixture(autouse=True)
def _nothing_is_kept_of_what_a_test_changes(request: pytest.FixtureRequest) -> Iterator[None]:
    """Pages keep their answers; one that was read before a test put something in its place would hide it."""
    changes = "monkeypatch" in inspect.signature(request.function).parameters
    if changes:
        retire_others("")
    yield
    if changes:
        retire_others("")


@pytest.fixture
def expected_defects() -> list[logging.LogRecord]:
    """For a test that makes a page fail: what the log keeps of it."""
    return []


@pytest.fixture(autouse=True)
def _no_defect_is_hidden(request: pytest.FixtureRequest) -> Iterator[None]:
    """A page says a defect in one sentence and logs it; a test that meets one by chance must fail."""
    records: list[logging.LogRecord] = (
        request.getfixturevalue("expected_defects") if "expected_defects" in request.fixturenames else []
    )
    handler = logging.Handler(logging.ERROR)
    handler.emit = records.append  # type: ignore[method-assign]
    logging.getLogger("escala").addHandler(handler)
    yield
    logging.getLogger("escala").removeHandler(handler)
    if "expected_defects" not in request.fixturenames:
        assert [logging.Formatter().format(record) for record in records] == []


@pytest.fixture
def ctx() -> Context:
    """An English reader in the light look."""
    return Context(
        t=lambda key: key, number=POINT.number, separators=POINT.separators, look=LIGHT, as_of=2026
    )


@pytest.fixture
def spanish() -> Context:
    """A reader of Spanish numbers."""
    return Context(
        t=lambda key: key, number=COMMA.number, separators=COMMA.separators, look=LIGHT, as_of=2026, lang="es"
    )


@pytest.fixture
def share() -> KpiView:
    """A percentage of which more is better."""
    return KpiView("X", "Coverage", "percent", "%", "higher", 1)


@pytest.fixture
def four() -> pd.DataFrame:
    """Denmark and Korea tie, Namibia is last, Tuvalu has no value."""
    return pd.DataFrame(
        {
            "ref_area": ["DNK", "KOR", "NAM", "TUV"],
            "name": ["Denmark", "Republic of Korea", "Namibia", "Tuvalu"],
            "lat": [56.0, 36.0, -22.0, -8.5],
            "lon": [9.0, 128.0, 17.0, 179.2],
            "obs_value": [90.0, 90.0, 40.25, None],
            "time_period": [2024, 2024, 2023, None],
            "obs_status": ["A", "A", "E", None],
            "rank": [1, 1, 3, None],
            "n": [3, 3, 3, None],
        }
    )
