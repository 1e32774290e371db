"""What goes with the cases: actions, lessons, links to SDG targets, themes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pandas as pd

from kpis.cases.repository import LANGUAGES, checked_codes, split, translate
from kpis.errors import DataError, unknown
from kpis.paths import data_dir
from kpis.sources.csvio import read_rows
from kpis.stages import STAGES

OF_KPI, GENERAL = "kpi", "general"
"""Scope of an action: it moves the KPIs it names, or it serves its dimension without moving one by itself."""
LESSON_GROUPS = ("LDC", "SIDS", "both")
EVIDENCE = ("measured", "direct", "enabling")
"""Kinds of evidence, strongest first. Only `measured` may enter an SDG score; `enabling` is no effect."""


def actions(dimension: str | None = None, to_stage: str | None = None, lang: str = "en") -> pd.DataFrame:
    """Actions that lead one stage up, indexed by action_id, in the order of the methodology.

    dimension, from_stage, to_stage (names), action, typical_duration (a planning assumption, in words), scope
    (kpi: it moves the KPIs in `kpis`; general: it serves the dimension and `kpis` is empty), kpis (tuple of
    ids), case_ids (tuple of the cases that did just this, empty where none is held), source_url, translated
    (the text is our own translation).
    Raises RequestError for an unknown dimension, stage or language. Source: methodology, B.4.
    """
    checked_codes("language", lang, LANGUAGES)
    frame = _actions(data_dir(), lang)
    if dimension is not None:
        frame = frame[frame["dimension"].isin(checked_codes("dimension", dimension, dimensions()))]
    if to_stage is not None:
        frame = frame[frame["to_stage"].isin(checked_codes("stage", to_stage, STAGES[1:]))]
    return frame.copy()


def lessons(group: str | None = None, lang: str = "en") -> pd.DataFrame:
    """Lessons for LDCs and SIDS, indexed by lesson_id.

    group (LDC, SIDS or both), lesson, case_ids (tuple, empty where none), source_url, translated.
    group: only lessons for LDC or for SIDS, those for both included. Source: methodology, B.5.
    Raises RequestError for an unknown group or language.
    """
    checked_codes("language", lang, LANGUAGES)
    frame = _lessons(data_dir(), lang)
    if group is not None:
        frame = frame[frame["group"].isin({*checked_codes("group", group, LESSON_GROUPS), "both"})]
    return frame.copy()


def linkage(kpi: str | None = None, target: str | None = None, lang: str = "en") -> pd.DataFrame:
    """How a KPI or a theme serves an SDG target: one row per component and target.

    component (as in the file), kpi (its id here, "" where the component is a theme), theme ("" where it is
    a KPI), sdg_target, mechanism, evidence_kind (measured, direct, enabling), source_url, translated.
    kpi: rows of this KPI, none where the methodology states no link. target: rows of this target, as 16.6.
    Raises RequestError for a target that no row names. Source: methodology, C.
    """
    checked_codes("language", lang, LANGUAGES)
    frame = _linkage(data_dir(), lang)
    if kpi is not None:
        frame = frame[frame["kpi"] == kpi]
    if target is not None:
        targets = _linkage(data_dir(), lang)["sdg_target"].unique()
        frame = frame[frame["sdg_target"].isin(checked_codes("SDG target", target, targets))]
    return frame.reset_index(drop=True)


def themes(kind: str = "case", lang: str = "en") -> pd.DataFrame:
    """Themes, indexed by theme: name, note, dimensions (tuple), group_id, kpi_group, lesson_ids (tuple).

    kind: case (theme of a case), type (kind of innovation), component (of the linkage table only), paper
    (the four themes of the Centre's papers). Raises RequestError for another kind or language.
    """
    checked_codes("language", lang, LANGUAGES)
    rows = read_rows(data_dir() / "cases" / "themes.csv", key=("kind", "theme"))
    frame = pd.DataFrame(rows)
    frame = frame[frame["kind"].isin(checked_codes("kind of theme", kind, frame["kind"].unique()))]
    for column in ("dimensions", "lesson_ids"):
        frame[column] = frame[column].map(split)
    named = frame.assign(name=frame[f"name_{lang}"], note=frame[f"note_{lang}"])
    columns_of_themes = ["theme", "name", "note", "dimensions", "group_id", "kpi_group", "lesson_ids"]
    return named[columns_of_themes].set_index("theme")


def dimensions() -> list[str]:
    """The seven dimensions, in the order of the methodology."""
    return list(dict.fromkeys(_actions(data_dir(), "en")["dimension"]))


@lru_cache(maxsize=8)
def _actions(folder: Path, lang: str) -> pd.DataFrame:
    columns = ["action", "typical_duration"]
    frame = _table(folder, "actions.csv", f"actions_{lang}.csv", ["action_id"], columns, lang)
    frame["case_ids"] = frame.pop("example_case_ids").map(split)
    frame["kpis"] = frame["kpis"].map(split)
    for name, scope, kpis in zip(frame["action_id"], frame["scope"], frame["kpis"], strict=True):
        if scope != (OF_KPI if kpis else GENERAL):
            raise DataError(
                f"actions.csv, {name}: scope '{scope}' does not go with the KPIs it names: {kpis}."
            )
    return frame.set_index("action_id")


@lru_cache(maxsize=8)
def _lessons(folder: Path, lang: str) -> pd.DataFrame:
    frame = _table(folder, "lessons_ldc_sids.csv", f"lessons_{lang}.csv", ["lesson_id"], ["lesson"], lang)
    frame["case_ids"] = frame.pop("example_case_ids").map(split)
    return frame.set_index("lesson_id")


@lru_cache(maxsize=8)
def _linkage(folder: Path, lang: str) -> pd.DataFrame:
    keys = ["component", "sdg_target"]
    frame = _table(folder, "sdg_linkage.csv", f"linkage_{lang}.csv", keys, ["mechanism"], lang)
    for component, kind in zip(frame["component"], frame["evidence_kind"], strict=True):
        if kind not in EVIDENCE:
            raise DataError(f"sdg_linkage.csv, {component}: {unknown('kind of evidence', kind, EVIDENCE)}")
    fields = {*themes("case").index, *themes("component").index}
    for component, kpi in zip(frame["component"], frame["kpi"], strict=True):
        if not kpi and component not in fields:
            raise DataError(f"sdg_linkage.csv: {unknown('KPI or theme', component, fields)}")
    frame.insert(2, "theme", frame["component"].where(frame["kpi"].eq(""), ""))
    return frame


def _table(
    folder: Path, name: str, translations: str, keys: list[str], columns: list[str], lang: str
) -> pd.DataFrame:
    """A table of the methodology with the texts of a language, and `translated`."""
    rows = read_rows(folder / "methodology" / name, required=columns, key=keys)
    translated = [False] * len(rows)
    if lang != "en":
        translated = translate(rows, folder / "methodology" / translations, keys, columns)
    return pd.DataFrame(rows).assign(translated=translated)
