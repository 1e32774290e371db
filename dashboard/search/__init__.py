"""Search over everything a reader may look for: plain Python, without Streamlit and without the warehouse."""
