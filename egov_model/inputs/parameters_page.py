"""`docs/parameters.md`: every value a scenario may change, in tables a person can search."""

from __future__ import annotations

import re
from collections.abc import Iterator

from egov_model.inputs.catalogue import TABLES, Table
from egov_model.inputs.parameters import FIELD_TITLES, OWN, Parameter, Rows, of_row
from egov_model.inputs.values import UNKNOWN_CODE

COLUMNS = ("key", "title_id", "value", "low", "high", "unit", "evidence")
HEADS = ("kunci", "apa", "nilai", "P10", "P90", "satuan", "bukti")
INTRODUCTION = """# Parameter

Semua nilai yang dapat diubah sebuah skenario, dibuat dari `data/` oleh `egov params --format markdown` (jangan disunting; sebuah
uji menjaganya). Kunci ditulis di bawah `set:` sebuah berkas skenario atau sesudah `--set`, misalnya `settings.ceiling_factor: 0.8`.
Tabel di bawah memuat nilai pokok tiap baris; isian lain sebuah baris bernama `tabel.baris.isian`, dan daftar isiannya ada di awal
tiap tabel. `egov explain KUNCI` menjelaskan satu kunci: sumber, yang memakainya, dan seberapa jauh ia menggerakkan jumlah.
"""


def parameters(rows: Rows) -> Iterator[Parameter]:
    """The value or values that each row is about, table by table; a row of facts alone has none."""
    for name, table in TABLES.items():
        for field in _told(table):
            yield from (of_row(rows, name, key, field) for key in rows[name])


def parameters_page(rows: Rows) -> str:
    """The whole page as Markdown."""
    made = [INTRODUCTION]
    told: dict[str, list[Parameter]] = {}
    for p in parameters(rows):
        told.setdefault(p.table, []).append(p)
    for name, table in TABLES.items():
        fields = [f for f in table.record.model_fields if f not in table.key]
        about = " ".join((table.record.__doc__ or "").strip().split("\n")[0].split())
        made.append(f"\n## {name}\n\n{about} Berkas `{table.path}`; kunci `{name}.<{'.'.join(table.key)}>.<isian>`.")
        made.append(f"Isian: {', '.join(f'`{f}`' for f in fields)}.\n")
        if told.get(name):
            made += [f"| {' | '.join(HEADS)} |", f"|{'---|' * len(HEADS)}"]
            made += [f"| {' | '.join(_cell(getattr(p, c), c == 'key') for c in COLUMNS)} |" for p in told[name]]
    return "\n".join(made) + "\n"


def _told(table: Table) -> tuple[str, ...]:
    """Fields of a table that rows are about."""
    return tuple(f for f in table.record.model_fields if f in (*OWN, *FIELD_TITLES) and f not in ("low", "high", *table.key))


def _cell(text: str, code: bool = False) -> str:
    """Text of a table's cell: on one line, and nothing in it that Markdown or HTML would take for its own."""
    line = " ".join(str(text).split())
    if code:
        return f"`{line}`"
    return re.sub(r"([\\`*_|<>\[\]])", r"\\\1", line) if line != UNKNOWN_CODE else line
