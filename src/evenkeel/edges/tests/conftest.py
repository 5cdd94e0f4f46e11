"""Equipment of the edges' tests."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest src/evenkeel/edges/tests --record-queries` writes tests/query_counts.json anew."""
    parser.addoption("--record-queries", action="store_true", help="write down how many queries each page takes")
