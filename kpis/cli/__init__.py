"""The command `escala`. Each command reads as its help; the work lies in the modules it calls."""

from kpis.cli import analysis, figures, index, learning, planning
from kpis.cli.application import app, run

__all__ = ["analysis", "app", "figures", "index", "learning", "planning", "run"]
