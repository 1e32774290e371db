"""A forecast is frozen once, before its edition is held, and the same everywhere."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kpis import open_warehouse
from kpis.building.build import build, data_version
from kpis.errors import DataError, RequestError
from kpis.forecast import frozen, load_panel
from kpis.forecast.frozen import FOLDER, constants, freeze
from kpis.queries import Warehouse
from kpis.sources import forecasts
from kpis.sources.forecasts import CHANCES
from kpis.version import __version__
from tests import few
from tests.conftest import TODAY
from tests.kpis.forecast.made_up import FROZEN_ON, HELD, NEXT, arrive, editions, observations, own


@pytest.fixture(scope="module")
def frozen_now(wh: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The forecast of the next edition from the project's own figures, frozen beside them."""
    return freeze(wh.tables, FROZEN_ON, tmp_path_factory.mktemp("frozen"))


def members(wh: Warehouse) -> set[str]:
    areas = wh.areas()
    return set(areas[areas["un_member"]]["ref_area"])


def test_it_holds_what_the_warehouse_says_today(wh: Warehouse, frozen_now: Path) -> None:
    """The quantiles of the table `forecast`, one edition ahead, to the decimals that are written."""
    held = forecasts.read(frozen_now, members(wh)).table.set_index(["measure", "ref_area"])
    today = wh.forecast(year=int(frozen_now.stem)).set_index(["measure", "ref_area"]).loc[held.index]
    assert len(held) == 4 * 193
    for name in ("p025", "p10", "p25", "p50", "p75", "p90", "p975"):
        assert (held[name] - today[name]).abs().max() <= 0.00005 + 1e-9
        assert (held[f"rank_{name}"] == today[f"rank_{name}"]).sum() == 4 * 193
    for name in CHANCES:
        assert (held[name].isna() == today[name].isna()).sum() == 4 * 193
        assert (held[name] - today[name]).abs().max() <= 0.00005 + 1e-9
    assert (held["rank"] == today["rank"]).sum() == 4 * 193


def test_its_facts_say_when_and_from_what(wh: Warehouse, frozen_now: Path) -> None:
    facts = forecasts.read_facts(frozen_now.with_suffix(".toml"))
    last = load_panel(wh.tables).editions[-1]
    assert (facts.origin, facts.edition, facts.frozen_on) == (last, last + 2, FROZEN_ON)
    assert (facts.data_version, facts.escala_version) == (wh.version, __version__)
    assert facts.uses_technology
    assert facts.recipe == constants()
    text = frozen_now.with_suffix(".toml").read_text(encoding="utf-8")
    assert "made before that edition was held here" in text


def test_without_closed_sources_it_says_so(open_only: Warehouse, tmp_path: Path) -> None:
    path = freeze(open_only.tables, FROZEN_ON, tmp_path)
    assert not forecasts.read_facts(path.with_suffix(".toml")).uses_technology


def test_the_same_warehouse_gives_the_same_bytes(wh: Warehouse, frozen_now: Path, tmp_path: Path) -> None:
    again = freeze(wh.tables, FROZEN_ON, tmp_path)
    for suffix in (".csv", ".toml"):
        assert again.with_suffix(suffix).read_bytes() == frozen_now.with_suffix(suffix).read_bytes()


@pytest.mark.parametrize("left", [".csv", ".toml"])
def test_frozen_is_frozen(wh: Warehouse, frozen_now: Path, tmp_path: Path, left: str) -> None:
    """Also where one of its two files was lost."""
    there = tmp_path / frozen_now.with_suffix(left).name
    there.write_bytes(frozen_now.with_suffix(left).read_bytes())
    before = there.read_bytes()
    with pytest.raises(DataError, match=rf"{there.name}: this edition is frozen already\. .*proves nothing"):
        freeze(wh.tables, FROZEN_ON, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [there.name]
    assert there.read_bytes() == before


def test_no_day_that_is_still_to_come(wh: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="still to come"):
        freeze(wh.tables, dt.date.today() + dt.timedelta(days=1), tmp_path)
    assert list(tmp_path.iterdir()) == []


def in_part(folder: Path, series: str) -> Warehouse:
    """A warehouse of the figures up to 2024 and of one series of 2026."""
    more = [row for row in observations(NEXT) if row[0] == series]
    data = few.folder(folder / "data", observations(HELD) + more)
    return open_warehouse(build(folder / "w.duckdb", data=data, today=TODAY))


@pytest.mark.parametrize("series", ["EGDI", "OSI"])
@pytest.mark.usefixtures("without_derived")
def test_after_the_fact_is_refused(tmp_path: Path, series: str) -> None:
    """Also where the edition comes in parts, and only one of them is held yet."""
    wh = in_part(tmp_path, series)
    assert load_panel(wh.tables).editions[-1] == 2024
    with pytest.raises(RequestError, match="Figures of the 2026 edition are held: .* not be before the fact"):
        freeze(wh.tables, FROZEN_ON, tmp_path / FOLDER)
    assert not (tmp_path / FOLDER).exists()


@pytest.mark.usefixtures("without_derived")
def test_once_an_edition_is_held_the_next_one_is_frozen_beside_it(shared: Path, tmp_path: Path) -> None:
    data = own(editions(shared)["before"].data, tmp_path / "data")
    first = (data / FOLDER / "2026.csv").read_bytes()
    arrive(data)
    wh = open_warehouse(build(tmp_path / "after.duckdb", data=data, today=TODAY))
    assert freeze(wh.tables, FROZEN_ON, data / FOLDER).name == "2028.csv"
    assert (data / FOLDER / "2026.csv").read_bytes() == first
    both = open_warehouse(build(tmp_path / "both.duckdb", data=data, today=TODAY))
    rows = both.sql("select time_period, count(*) as n from forecast_frozen group by all order by all")
    assert rows.to_dict("list") == {"time_period": [2026, 2028], "n": [4 * 193, 4 * 193]}


def test_the_file_makes_another_data_version_and_keeps_its_own(shared: Path, tmp_path: Path) -> None:
    """The version in the facts is that of the figures it was made from, which had no such file."""
    data = own(editions(shared)["before"].data, tmp_path / "data")
    facts = forecasts.read_facts(data / FOLDER / "2026.toml")
    assert facts.data_version != data_version(data)
    for path in forecasts.forecast_files(data / FOLDER):
        path.unlink()
    assert facts.data_version == data_version(data)


def test_the_command_writes_into_the_folder_of_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = few.folder(tmp_path / "data", observations(HELD))
    monkeypatch.setenv("ESCALA_DATA", str(data))
    monkeypatch.setenv("ESCALA_WAREHOUSE", str(tmp_path / "w.duckdb"))
    frozen.main(["--date", "2026-11-20"])
    said = capsys.readouterr().out
    assert f"{data / FOLDER / '2026.csv'}: frozen on 2026-11-20" in said
    assert "kpis.sources.describe" in said
    with pytest.raises(DataError, match="Frozen is frozen"):
        frozen.main(["--date", "2026-11-20"])
