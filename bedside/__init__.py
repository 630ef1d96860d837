"""Bedside: the program a children's leukaemia ward leaves open all night."""

__version__ = "0.1.0"
