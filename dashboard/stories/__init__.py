"""Stories: lists of saved views with words, shown on a stage. No Streamlit."""
