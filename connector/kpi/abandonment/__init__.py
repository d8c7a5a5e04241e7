"""Checkouts and carts that were begun, and what became of them (definitions, 4.9).

`figures` lists the figures and imports without Polars; `subject` is what they stand on, `begun` what is known of each
checkout and cart, `computing` counts, `rows` shows them one by one.
"""
