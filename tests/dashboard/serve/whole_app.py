"""The whole app in Streamlit's test harness, opened by a link."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import dashboard
from dashboard.navigation import PATHS

APP = Path(dashboard.__file__).parent / "app.py"


def opened(page: str, address: Mapping[str, object], lang: str) -> AppTest:
    """A page of the whole app, opened by a link; an empty page is the first."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in {"lang": lang, **address}.items():
        app.query_params[name] = value
    app._page_hash = calc_hash("" if page in ("", PATHS[0]) else page)  # `switch_page` knows only files
    return app.run()
