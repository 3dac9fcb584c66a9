"""Tables as CSV that a spreadsheet may open: a text stays a text, whatever it begins with."""

from __future__ import annotations

import re

import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "\t")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?")


def harmless(value: object) -> object:
    """Text in one line, and with an apostrophe before it where a spreadsheet would run it as a formula; all else as it is."""
    if not isinstance(value, str):
        return value
    line = " ".join(value.splitlines())
    return "'" + line if line.startswith(FORMULA_STARTS) and not _NUMBER.fullmatch(line) else line


def csv_text(frame: pd.DataFrame) -> str:
    """A frame as CSV, its index left out; a cell without a value is empty."""
    return frame.map(harmless).to_csv(index=False, lineterminator="\n")
