"""An outlook as a file, numbers alone: what one process drew, the next one reads."""

from __future__ import annotations

import io
import json
import os
import zipfile
from contextlib import suppress
from dataclasses import fields
from pathlib import Path

import numpy as np

from egov_model.analysis.drawn import Outlook

TEXTS = "texts"  # the entry that holds, as JSON bytes, everything that is no array


def write_outlook(target: Path, outlook: Outlook) -> None:
    """Write an outlook so that readers find the whole file or none; raises OSError when it cannot be written."""
    values = {field.name: getattr(outlook, field.name) for field in fields(Outlook)}
    arrays = {name: value for name, value in values.items() if isinstance(value, np.ndarray)}
    texts = json.dumps({name: value for name, value in values.items() if name not in arrays})
    held = io.BytesIO()
    np.savez(held, **arrays, **{TEXTS: np.frombuffer(texts.encode(), dtype=np.uint8)})
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.write_bytes(held.getvalue())
        part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink()


def read_outlook(file: Path) -> Outlook | None:
    """The outlook of a file, or None where there is none that can be read; nothing in it is ever run."""
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as held:
            arrays = {name: held[name] for name in held.files if name != TEXTS}
            texts = json.loads(held[TEXTS].tobytes())
        texts |= {name: tuple(texts[name]) for name in ("years", "groups", "funds")}
        texts["activities"] = tuple((int(group), str(name)) for group, name in texts["activities"])
        made = Outlook(**texts, **arrays)
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return None
    counts = {len(array) for array in arrays.values()}
    return made if counts == {made.draws} else None
