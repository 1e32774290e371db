"""Where the dashboard's own files lie, in a checkout and in a wheel."""

from __future__ import annotations

from pathlib import Path

DASHBOARD = Path(__file__).resolve().parent
SCRIPT = DASHBOARD / "app.py"  # what Streamlit runs
STATIC = DASHBOARD / "static"
LOCALE = DASHBOARD / "locale"
