"""The command `escala`. Commands parse options and print; the work is done in the modules they call."""

from kpis.cli import (
    analysis,
    figures,
    forecasting,
    importing,
    index,
    knowledge,
    learning,
    planning,
)
from kpis.cli.application import app, run

__all__ = [
    "analysis",
    "app",
    "figures",
    "forecasting",
    "importing",
    "index",
    "knowledge",
    "learning",
    "planning",
    "run",
]
