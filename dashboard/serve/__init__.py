"""All that touches the insides of Streamlit, its front end or the C library: the ASGI app and its guards."""
