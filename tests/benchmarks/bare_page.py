"""The least that Streamlit can show: a bare page with one Plotly bar chart, to compare against."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

st.title("Bare")
st.plotly_chart(go.Figure(go.Bar(x=list("abcdefgh"), y=list(range(8)))))
