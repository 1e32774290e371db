"""The type of a place on a page, such as `st.container()` gives: Streamlit has no public name for it."""

from __future__ import annotations

from streamlit.delta_generator import DeltaGenerator

Container = DeltaGenerator

__all__ = ["Container"]
