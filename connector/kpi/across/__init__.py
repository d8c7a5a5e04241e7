"""The figures across shop and service (definitions, section 6): what service does to buying, and buying to service.

`figures` lists them and imports without Polars; `subject` is what they stand on: the shop's history and the desk side
by side, joined by person. Each says first how many conversations could be joined at all.
"""
