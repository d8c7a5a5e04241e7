"""The figures: what they are (`definition`, `registry`), how they are set (`options`), what comes out (`result`).

Nothing here knows a source by name. `registry`, `options` and `result` import without Polars; the functions
that compute are loaded when a figure is asked for.
"""
