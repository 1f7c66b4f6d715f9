"""AMTS: keeps the translations of a living Markdown book in step with it."""

__version__ = "0.1.0"
