"""Typed columns out of the store, filtered in SQL: what the figures and the exports compute over.

`counting` says which orders count and when, as SQL; `splitting` shares out a refund that came without its parts;
`orders` and `refunds` are the frames; `columns` reads any of them. Polars is imported when a frame is read.
"""
