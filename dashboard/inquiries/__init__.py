"""The domain: counts of inquiries, what was expected, what may be shown. Nothing in here imports Streamlit."""
