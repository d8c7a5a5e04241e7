"""The figures of the shop: orders and money (definitions, section 3), customers and retention (section 4).

`figures` lists them and imports without Polars; `subject` is what they stand on.
"""
