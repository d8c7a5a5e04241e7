"""Keeps a local store in step with shops and help desks, and computes figures across them."""

__version__ = "0.1.0"
