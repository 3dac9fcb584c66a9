"""Loops compiled to machine code, which numba keeps between runs in a folder of the very code that it comes from."""

from __future__ import annotations

import functools
import hashlib
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numba

from egov_model.inputs.place import ROOT

OPTIONS = {"cache": True, "nogil": True, "boundscheck": False}
_ONE_AT_A_TIME = threading.Lock()  # numba is told its folder for as long as it takes up one function; others compile where they did


def compiled(function: Callable[..., Any]) -> Any:
    """The function as machine code, made at its first call or read from where an earlier run kept it."""
    return _kept(function, OPTIONS)


def borrowing(function: Callable[..., Any]) -> Any:
    """As `compiled`, for loops that make no array.

    They need not count who holds the ones they are given, which took more time than the loops themselves. An option of numba's own, not of
    its manual; a version without it refuses to compile, and counting everywhere gives the same numbers slower.
    """
    return _kept(function, OPTIONS | {"_nrt": False})


def _kept(function: Callable[..., Any], options: Mapping[str, Any]) -> Any:
    with _ONE_AT_A_TIME:
        users = numba.config.CACHE_DIR
        numba.config.CACHE_DIR = str(Path(users or ROOT / "build" / "compiled", code_hash()))
        try:
            return numba.njit(**options)(function)
        finally:
            numba.config.CACHE_DIR = users


@functools.cache
def code_hash(root: Path = ROOT) -> str:
    """Names the compiled code below a folder, all of it together.

    Numba compiles a kept function again when its own file changes, but not when one that it calls does: after an update a caller
    would go on with the old code and give wrong numbers without a word.
    """
    texts = (path.read_bytes() for path in sorted((root / "egov_model").rglob("*.py")))
    return hashlib.sha256(b"".join(text for text in texts if b"machine_code" in text)).hexdigest()[:16]
