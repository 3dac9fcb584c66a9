"""One parameter of a scenario as a person meets it: what it is called, its value, range, unit, source and evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from egov_model.inputs.catalogue import TABLES
from egov_model.inputs.chain import set_entry
from egov_model.inputs.errors import InputError, Problems
from egov_model.inputs.overrides import as_text
from egov_model.inputs.pack import Pack
from egov_model.inputs.record import Record

Rows = Mapping[str, Mapping[str, Record]]

# What a row is about when its key says no more than where it stands, and fields that are not the row's own value.
TABLE_TITLES = {
    "ceilings": ("Pagu", "Ceiling"),
    "formations": ("Formasi", "Posts to be filled"),
    "phases": ("Lama tahapan", "Duration"),
    "places": ("Pengali harga tempat", "Place factor"),
    "vat": ("Tarif PPN", "VAT rate"),
}
FIELD_TITLES = {
    "earliest": ("paling awal mulai", "earliest start"),
    "priority": ("urutan", "place in the order"),
    "fund": ("sumber dana", "source of funds"),
    "budget_status": ("status anggaran", "budget status"),
    "on_board": ("orang pada hari pertama", "people on the first day"),
    "attrition": ("bagian yang keluar setahun", "share leaving in a year"),
    "project_share": ("bagian waktu untuk proyek", "share of time for projects"),
    "operate_share": ("bagian waktu untuk operasi", "share of time for operations"),
    "hires": ("orang", "people"),
    "low": ("P10", "P10"),
    "high": ("P90", "P90"),
}
OWN = ("value", "mode", "hires")  # fields that the row is about: its title says enough, and its unit is theirs


@dataclass(frozen=True)
class Parameter:
    """A field of a row. `key` as a scenario file names it; `value`, `low` and `high` as they are typed, empty where there is no range."""

    key: str
    table: str
    row: str
    field: str
    title_id: str
    title_en: str
    value: str
    low: str
    high: str
    unit: str
    source: str
    evidence: str


def parameter(rows: Rows, key: str) -> Parameter:
    """The parameter of this dotted key among a scenario's rows; raises `InputError`, with the nearest key, for one there is not."""
    problems = Problems()
    entry = set_entry(key, "", "", "--set", 0, Pack(None, None, rows, {}, {name: frozenset() for name in TABLES}), problems)
    if entry is None:
        raise InputError(problems.found)
    return of_row(rows, entry.table, entry.key, entry.field)


def of_row(rows: Rows, table: str, row: str, field: str) -> Parameter:
    """The parameter of a field that is there."""
    record = rows[table][row]
    own = field in OWN
    titles = [row_title(rows, table, row, n) for n in (0, 1)]
    if not own:
        titles = [f"{title}: {FIELD_TITLES.get(field, (field, field))[n]}" for n, title in enumerate(titles)]
    ends = ("low", "high") if own else (f"{field}_low", f"{field}_high")
    low, high = (as_text(getattr(record, end, "")) for end in ends)
    return Parameter(
        key=f"{table}.{row}" if field == "value" else f"{table}.{row}.{field}",
        table=table,
        row=row,
        field=field,
        title_id=titles[0],
        title_en=titles[1],
        value=as_text(getattr(record, field)),
        low=low if low and high else "",
        high=high if low and high else "",
        unit=getattr(record, "unit", "") if own or field in ("low", "high") else "",
        source=getattr(record, "source", ""),
        evidence=getattr(record, "evidence", ""),
    )


def row_title(rows: Rows, table: str, row: str, language: int) -> str:
    """What a row is called (language 0: Bahasa Indonesia, 1: English): its title or name, else those of what its key names."""
    record = rows[table][row]
    own = getattr(record, ("title_id", "title_en")[language], "") or getattr(record, "name", "")
    if own:
        return " ".join(str(own).split())
    refers, parts = dict(TABLES[table].references()), []
    for name in TABLES[table].key:
        value = str(getattr(record, name))
        known = refers.get(name)
        parts.append(row_title(rows, known, value, language) if known and value in rows[known] else value)
    head = TABLE_TITLES.get(table)
    return " ".join(filter(None, (head[language] if head else "", ", ".join(filter(None, parts)))))
