"""The dataset card: its template, citation and figures."""
