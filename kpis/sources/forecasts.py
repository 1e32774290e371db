"""Forecasts frozen before the fact: `data/forecasts/`, two files an edition, written once and never again.

`2026.csv`: one row per measure and area, with quantiles of the value and of the rank, fine enough to score
the forecast from the file alone. `2026.toml`: when and from what it was made, and the hash of both.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import BaseModel, ConfigDict, ValidationError

from kpis.errors import DataError
from kpis.paths import content, files_below
from kpis.sources.csvio import read_rows, table_lines, write_rows
from kpis.steps import step

MEASURES = ("EGDI", "OSI", "TII", "HCI")


def _name(share: float) -> str:
    """`p10` for a tenth, `p025` for a fortieth."""
    return f"p{share:.3f}".replace("0.", "", 1).removesuffix("0")


# Every 2.5 %, and one per cent from each end: the CRPS that they give is, on average, within a thousandth of
# that of all draws.
SHARES = {_name(share): share for share in (0.01, *(n / 40 for n in range(1, 40)), 0.99)}
VALUES, RANKS = tuple(SHARES), tuple(f"rank_{name}" for name in SHARES)
KEY = ("measure", "ref_area")
# Of a better and a worse rank than today's, and (EGDI alone) of each UN group, as in the table `forecast`.
CHANCES = ("p_better_rank", "p_worse_rank", "p_low", "p_middle", "p_high", "p_very_high")
COLUMNS = (*KEY, "obs_value", "rank", *VALUES, *RANKS, *CHANCES)
FACTS = ("time_period", "origin", "frozen_on", "data_version", "escala_version", "uses_technology")
SHARE, TODAY = "{:.4f}", "{:.5f}"  # how quantiles and chances are written, and values as published

Number = int | float | list[int] | list[float]


class Facts(BaseModel):
    """What is written beside a frozen table.

    origin: the last edition that was held. data_version: of the warehouse that the forecast was made from,
    which did not have this file. uses_technology: whether Internet use and mobile subscriptions were known,
    whose source allows non-commercial reuse only. recipe: the constants. sha256: of the table and
    of all other facts, for a date that could be moved would prove nothing.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    edition: int
    frozen_on: dt.date
    origin: int
    data_version: str
    escala_version: str
    uses_technology: bool
    draws: int
    seed: int
    sha256: str
    recipe: dict[str, Number]


@dataclass(frozen=True)
class Frozen:
    """A table with its facts. table: COLUMNS and `line` of the file; missing where there was no forecast."""

    facts: Facts
    table: pd.DataFrame

    def rows(self) -> pd.DataFrame:
        """The table as the warehouse has it: COLUMNS, then FACTS in every row."""
        facts = self.facts
        return self.table[list(COLUMNS)].assign(
            time_period=facts.edition,
            origin=facts.origin,
            frozen_on=facts.frozen_on.isoformat(),
            data_version=facts.data_version,
            escala_version=facts.escala_version,
            uses_technology=facts.uses_technology,
        )


def no_rows() -> pd.DataFrame:
    """The same where no edition is frozen: the columns, each of its type."""
    types = dict.fromkeys((*KEY, *FACTS), "str") | dict.fromkeys(("obs_value", *VALUES, *CHANCES), "float64")
    types |= dict.fromkeys(("rank", *RANKS), "Int64") | dict.fromkeys(("time_period", "origin"), "int64")
    return pd.DataFrame(columns=[*COLUMNS, *FACTS]).astype(types | {"uses_technology": "bool"})


def forecast_files(folder: Path) -> list[Path]:
    """Tables and facts of all frozen editions, in a stable order; none where there is no folder."""
    return files_below(folder, frozenset({".csv", ".toml"}))


def frozen_editions(folder: Path) -> list[Path]:
    """The table of each frozen edition, also one that lost a file, in order."""
    return sorted({path.with_suffix(".csv") for path in forecast_files(folder)})


def write(folder: Path, table: pd.DataFrame, facts: Mapping[str, object]) -> Path:
    """Freeze a table of COLUMNS with its facts (all of `Facts` but the hash); returns the table's file.

    Raises DataError where the edition is frozen already, or the folder cannot be written.
    """
    path = folder / f"{facts['edition']}.csv"
    for there in (path, path.with_suffix(".toml")):
        if there.exists():
            raise DataError(
                f"{there}: this edition is frozen already. Frozen is frozen: a forecast that may be made "
                "anew proves nothing."
            )
    with step(f"{folder}: the forecast cannot be written", DataError):
        draft = folder / f".{path.name}"  # names with a dot are read by nobody
        write_rows(draft, COLUMNS, map(_cells, table[list(COLUMNS)].itertuples(index=False)))
        unsealed = Facts.model_validate({**facts, "sha256": ""})
        complete = unsealed.model_copy(update={"sha256": fingerprint(draft, unsealed)})
        beside = draft.with_suffix(".toml")
        beside.write_text(_toml(complete), encoding="utf-8", newline="\n")
        os.replace(beside, path.with_suffix(".toml"))
        os.replace(draft, path)
    return path


def read(path: Path, members: Collection[str]) -> Frozen:
    """A frozen table with its facts. members: codes of the UN Member States.

    Raises DataError naming the file, the line and the remedy: a file that is missing or no table, a measure
    that is not forecast, an area that is no member, a number that is none, quantiles that fall, and anything
    else that was changed.
    """
    facts = read_facts(path.with_suffix(".toml"))
    read_rows(path, required=COLUMNS, key=KEY)
    (_, header), *lines = table_lines(path)
    text = pd.DataFrame([cells for _, cells in lines], columns=header, dtype="object")[list(COLUMNS)]
    text["line"] = [line for line, _ in lines]
    table = _numbers(path, text)
    _check(path, table, members)
    if fingerprint(path, facts) != facts.sha256:
        raise fault_of(path, f"it or {path.stem}.toml was changed after it was frozen on {facts.frozen_on}")
    return Frozen(facts, table)


def read_facts(path: Path) -> Facts:
    """The facts of a frozen edition. Raises DataError naming the file and what is wrong in it."""
    try:
        facts = Facts.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise fault_of(path, f"cannot be read ({error.strerror})") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise fault_of(path, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    except ValueError as error:  # no TOML, no UTF-8
        raise fault_of(path, f"cannot be read ({error})") from None
    if str(facts.edition) != path.stem:
        raise fault_of(path, f"it says edition {facts.edition}")
    return facts


def fingerprint(path: Path, facts: Facts) -> str:
    """Hash of a table and its facts but for their hash, the same whichever line ends a copy was given."""
    table = content(path).replace(b"\r\n", b"\n")
    return hashlib.sha256(table + facts.model_dump_json(exclude={"sha256"}).encode()).hexdigest()


def fault_of(path: Path, fault: str, *, line: int | None = None) -> DataError:
    """What is wrong in a file of a frozen edition, with its place and the remedy."""
    place = f"{path.parent.name}/{path.name}" + ("" if line is None else f", line {line}")
    return DataError(
        f"{place}: {fault}. A frozen forecast is not edited: put the file back as it was, or remove "
        f"{path.stem}.csv and {path.stem}.toml."
    )


def _cells(row: Iterable[object]) -> list[str]:
    return [_cell(name, value) for name, value in zip(COLUMNS, row, strict=True)]


def _cell(name: str, value: object) -> str:
    """A cell as it is written: codes, values, whole places; missing is empty."""
    if name in KEY:
        return str(value)
    number = float(str(value))
    if np.isnan(number):
        return ""
    if name.startswith("rank"):
        return str(round(number))
    return (TODAY if name == "obs_value" else SHARE).format(number)


def _toml(facts: Facts) -> str:
    """The facts as TOML, in the order of `Facts`, the recipe last."""
    head = (
        f"# The forecast of the {facts.edition} edition, made before that edition was held here.\n"
        "# It is scored when the edition comes, and never changed: see data/README.md.\n"
    )
    plain = facts.model_dump(exclude={"recipe"})
    lines = [f"{name} = {_literal(value)}" for name, value in plain.items()]
    recipe = [f"{name} = {_literal(value)}" for name, value in facts.recipe.items()]
    return head + "\n".join([*lines, "", "[recipe]", *recipe]) + "\n"


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def _numbers(path: Path, text: pd.DataFrame) -> pd.DataFrame:
    """The table with numbers for cells; an empty cell is missing."""
    columns = {name: text[name] for name in (*KEY, "line")}
    for name in COLUMNS[len(KEY) :]:
        numbers = pd.to_numeric(text[name], errors="coerce").astype("float64")
        _refuse(path, text, numbers.isna() & (text[name] != ""), f"{name} is no number")
        if name.startswith("rank"):
            _refuse(path, text, numbers % 1 > 0, f"{name} is no whole place")
        columns[name] = numbers.astype("Int64") if name.startswith("rank") else numbers
    return pd.DataFrame(columns)[[*COLUMNS, "line"]]


def _check(path: Path, table: pd.DataFrame, members: Collection[str]) -> None:
    """Refuse what a forecast cannot say. table: of numbers."""
    _refuse(path, table, ~table["measure"].isin(MEASURES), f"measure must be one of {', '.join(MEASURES)}")
    _refuse(path, table, ~table["ref_area"].isin(list(members)), "ref_area is no UN Member State")
    for what, names, lowest, highest in (
        ("quantiles of the value", VALUES, 0, 1),
        ("quantiles of the rank", RANKS, 1, table["ref_area"].nunique()),
    ):
        numbers = table[list(names)].to_numpy(dtype=float, na_value=np.nan)
        _refuse(path, table, (np.diff(numbers, axis=1) < 0).any(axis=1), f"{what} fall")
        beyond = (numbers < lowest) | (numbers > highest)
        _refuse(path, table, beyond.any(axis=1), f"{what} leave {lowest} to {highest}")
        missing = np.isnan(numbers)
        _refuse(path, table, missing.any(axis=1) & ~missing.all(axis=1), f"{what} are not all there")
    for name in CHANCES:
        _refuse(path, table, (table[name] < 0) | (table[name] > 1), f"{name} leaves 0 to 1")


def _refuse(path: Path, table: pd.DataFrame, wrong: npt.ArrayLike, fault: str) -> None:
    """Raises DataError naming the first wrong row, if there is one. wrong: a flag for each row."""
    flags = np.asarray(wrong, dtype=bool)
    if flags.any():
        first = table.iloc[int(flags.argmax())]
        raise fault_of(path, f"{fault} ({first['measure']}, {first['ref_area']})", line=int(first["line"]))
