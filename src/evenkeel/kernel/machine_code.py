"""Whether loops are run as machine code: where the extra `fast` is installed and the work is large enough to pay for it.

Numba takes half a second to load, so small work never asks for it. Which path is taken follows from the size alone, so the
same data give the same bits again on the same installation; the two paths differ by rounding only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any, TypeVar, cast

# Rows from which on loading the compiler is repaid.
WORTH_IT = 100_000

_fewest_rows: ContextVar[float] = ContextVar("fewest rows for machine code", default=WORTH_IT)

SETTINGS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "boundscheck": False}

F = TypeVar("F", bound=Callable[..., Any])


def pays(rows: int) -> bool:
    """Whether so many rows are worth compiled loops, and these can be had.

    >>> pays(10)
    False
    """
    return rows >= _fewest_rows.get() and find_spec("numba") is not None


def loops(rows: int) -> ModuleType | None:
    """The compiled loops over labels where they pay; None where not, or where the compiler does not fit this NumPy."""
    if not pays(rows):
        return None
    try:
        return import_module(f"{__package__}.compiled_labels")
    except ImportError:
        return None


@contextmanager
def machine_code_from(rows: float) -> Iterator[None]:
    """Within: compiled loops from so many rows on; 0 for always, infinity for never. Meant for comparing the two paths.

    >>> with machine_code_from(float("inf")):
    ...     pays(10**9)
    False
    """
    token = _fewest_rows.set(rows)
    try:
        yield
    finally:
        _fewest_rows.reset(token)


def compiled(function: F) -> F:
    """`function` as machine code, kept between runs where Python's own compiled files are kept (else in the user's cache)."""
    from numba import njit

    try:
        return cast(F, njit(cache=True, **SETTINGS)(function))
    except RuntimeError:
        # No folder can be written: compiled anew in each process.
        return cast(F, njit(**SETTINGS)(function))


def prefetcher() -> Callable[[Any, int], None]:
    """A function for compiled loops: ask for `array[place]` of a flat array before it is needed; changes nothing else.

    Rows of thousands of people do not fit the cache near the core, and waiting for them is three quarters of a pass.
    """
    from llvmlite import ir
    from numba import types
    from numba.extending import intrinsic

    @intrinsic
    def prefetch(typing: Any, array: Any, place: Any) -> Any:
        def write(context: Any, builder: Any, signature: Any, given: Any) -> Any:
            byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
            start = context.make_array(signature.args[0])(context, builder, given[0]).data
            where = builder.bitcast(builder.gep(start, [given[1]]), byte)
            kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
            call = import_module("numba.core.cgutils").get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
            # To be read, kept in all caches, as data.
            builder.call(call, [where, number(0), number(3), number(1)])
            return context.get_dummy_value()

        return types.void(array, types.intp), write

    return cast(Callable[[Any, int], None], prefetch)
