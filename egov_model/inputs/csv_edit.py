"""Changing cells of a CSV file and nothing else: every other byte stays as it was (quotes, line ends, order, blanks, byte-order mark)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_CELL = re.compile(r'("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|\n|\r|$)')
_BOM = "\ufeff"


@dataclass(frozen=True)
class _Line:
    """One row of a file: its cells as they are written there, and the line end after the last of them."""

    cells: list[str]
    end: str


def changed(raw: bytes, changes: Mapping[tuple[int, str], str]) -> bytes:
    """The file with other texts in some cells.

    `changes`: new text by row, counted as Excel does (the heads are row 1), and column. Raises `KeyError` for a cell that is not there.
    """
    text = raw.decode("utf-8")
    mark = _BOM if text.startswith(_BOM) else ""
    lines = _lines(text.removeprefix(_BOM))
    heads = [_plain(cell) for cell in lines[0].cells]
    for (row, column), new in changes.items():
        if column not in heads or not 1 < row <= len(lines):
            raise KeyError(f"no cell {column} in row {row}")
        lines[row - 1].cells[heads.index(column)] = quoted(new)
    return (mark + "".join(",".join(line.cells) + line.end for line in lines)).encode()


def quoted(text: str) -> str:
    """A cell's text as CSV writes it: in quotes where it holds a comma, a quote or a line end."""
    return '"' + text.replace('"', '""') + '"' if any(letter in text for letter in ',"\r\n') else text


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    cells: list[str] = []
    at = 0
    while at < len(text) or cells:
        found = _CELL.match(text, at)
        if found is None:
            raise ValueError(f"text that is not CSV after {len(lines)} rows")
        cells.append(found[1])
        at = found.end()
        if found[2] != ",":
            lines.append(_Line(cells, found[2]))
            cells = []
    return lines


def _plain(cell: str) -> str:
    """What a cell says, without its quotes and the blanks around it."""
    return (cell[1:-1].replace('""', '"') if cell.startswith('"') else cell).strip()
