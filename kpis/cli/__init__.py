"""The command `escala`. Each command reads as its help; the work lies in the modules it calls."""

from kpis.cli import analysis, figures, learning, planning
from kpis.cli.application import app, run

__all__ = ["analysis", "app", "figures", "learning", "planning", "run"]
