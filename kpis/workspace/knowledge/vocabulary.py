"""What the fields of a case may hold, from where each list is kept."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from kpis.cases import knowledge
from kpis.links.sdg import TARGETS
from kpis.paths import data_dir
from kpis.sources.csvio import read_rows
from kpis.stages import STAGES

LEVELS = ("national", "subnational", "municipal", "regional")
STATUSES = ("active", "ended", "unknown")
CHANNELS = ("web", "multi", "mobile", "in-person", "sms", "ussd")
VERIFIED = ("true", "false")


def allowed() -> Mapping[str, tuple[str, ...]]:
    """The closed lists by field; of `channel` and `sdg_targets` a case may have several."""
    return _allowed(data_dir())


@lru_cache(maxsize=4)
def _allowed(folder: Path) -> Mapping[str, tuple[str, ...]]:
    areas = read_rows(folder / "reference" / "area.csv", required=("ref_area",))
    return {
        "country_iso3": tuple(row["ref_area"] for row in areas),
        "level": LEVELS,
        "status": STATUSES,
        "channel": CHANNELS,
        "theme": tuple(knowledge.themes("case").index),
        "innovation_type": tuple(knowledge.themes("type").index),
        "maturity_stage": STAGES,
        "sdg_targets": TARGETS,
        "verified": VERIFIED,
    }
