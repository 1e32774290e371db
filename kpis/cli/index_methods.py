"""The methods that the command `index` offers, by the names of their options; read without `composite`."""

from __future__ import annotations

NORMALISE = (
    "min-max", "z-score", "goalposts", "scaled", "distance-to-max", "distance-to-reference",
    "distance-to-target", "fraction-of-max", "rank", "borda", "percentile-rank",
)  # fmt: skip
AGGREGATE = ("arithmetic", "geometric", "harmonic", "power", "median", "copeland", "mpi", "ampi", "bod")
IMPUTE = ("mean", "median", "group-mean", "group-median", "row-mean", "row-median")
# what follows winsorising where that is not enough; "winsorise" is nothing
TREAT = ("log", "log-one", "log-gii", "log-signed", "box-cox", "winsorise")
