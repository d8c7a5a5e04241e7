"""Models of how customers buy, fitted by maximum likelihood. Pure numbers in, pure numbers out.

Needs numpy and scipy (the extra `models`); nothing here is imported until a model is asked for.
"""
