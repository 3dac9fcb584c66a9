"""Loops compiled to machine code, which numba keeps between runs in a folder of the very code that it comes from."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import tempfile
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
        folder = _folder(users)
        numba.config.CACHE_DIR = str(folder or users)
        try:
            return numba.njit(**options | {"cache": folder is not None})(function)
        finally:
            numba.config.CACHE_DIR = users


@functools.cache
def _folder(users: str) -> Path | None:
    """Where this code is kept: where the user says, else with the project or, when that cannot be written, with the user.

    None when nothing can be written: then it is made anew in every run. The places numba itself would turn to know nothing of the code.
    """
    for place in [users] if users else [ROOT / "build" / "compiled", "~/.cache/egov-model"]:
        with contextlib.suppress(OSError, RuntimeError):  # the second: nobody knows where the user is at home
            folder = Path(place).expanduser() / code_hash()
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
            return folder
    return None


@functools.cache
def code_hash(root: Path = ROOT) -> str:
    """Names the compiled code below a folder and the layout of the tuples it reads, all of it together.

    Numba compiles a kept function again when its own file changes, but not when one that it calls does, nor when the fields of a named
    tuple change places: after an update a caller would go on with the old code and give wrong numbers without a word.
    """
    texts = (path.read_bytes() for path in sorted((root / "egov_model").rglob("*.py")))
    return hashlib.sha256(b"".join(text for text in texts if b"machine_code" in text or b"NamedTuple" in text)).hexdigest()[:16]
