"""Importers, one file a tool or a shape of file."""
