"""The version of Escala; `pyproject.toml` reads it from here."""

__version__ = "0.10.1"
