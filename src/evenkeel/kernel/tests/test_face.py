"""The face: cheap to import, runnable examples, honest signatures."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import subprocess
import sys

import pytest

import evenkeel.kernel as kernel

MODULES = [name for _, name, is_package in pkgutil.iter_modules(kernel.__path__) if not is_package]
FUNCTIONS = [name for name in dir(kernel) if inspect.isfunction(getattr(kernel, name))]


@pytest.mark.parametrize("module", MODULES)
def test_examples_in_docstrings_run(module: str) -> None:
    result = doctest.testmod(importlib.import_module(f"evenkeel.kernel.{module}"))
    assert result.failed == 0


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_has_an_example_and_says_where_it_comes_from(name: str) -> None:
    text = getattr(kernel, name).__doc__
    assert ">>>" in text
    assert "Reference:" in text or name in {
        "agreement_of_labels",  # as agreement
        "proportion",  # names the methods that do
        "proportion_bounds",
        "count_labels",  # counting
        "keyed_hash",  # as keyed_u
        "key64",
        "keys64",
        "majority_vote",
    }


@pytest.mark.parametrize("name", FUNCTIONS)
def test_settings_are_keyword_only(name: str) -> None:
    for parameter in inspect.signature(getattr(kernel, name)).parameters.values():
        if parameter.default is not inspect.Parameter.empty:
            is_data = parameter.name in {"weights"} and parameter.kind is not parameter.VAR_KEYWORD
            assert is_data or parameter.kind is parameter.KEYWORD_ONLY, parameter.name


def test_importing_the_face_loads_neither_numpy_nor_scipy() -> None:
    code = "import sys, evenkeel.kernel; print('numpy' in sys.modules, 'scipy' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["False", "False"]


def test_using_it_never_loads_scipy_stats_or_django() -> None:
    code = (
        "import sys, evenkeel.kernel as k; k.wilson(1, 2); k.agreement([[2, 0], [1, 1]]); k.shrink([1, 2], [2, 3]);"
        "k.p_chart([1], [2]); k.dawid_skene([0], [0], [0]);"
        "print('scipy.stats' in sys.modules, 'django' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["False", "False"]
