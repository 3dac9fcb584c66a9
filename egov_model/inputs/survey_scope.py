"""What a survey form asks an agency: which rows of the pack are its own, and which of their fields it knows itself."""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from egov_model.inputs.record import Record
from egov_model.inputs.tables import content_hash
from egov_model.inputs.values import LONGEST_NAME

FORM, VERSION = "egov-survey", 1
FACTS, LISTS = "_formulir", "_pilihan"  # sheets nobody sees: what the form was made from, and the lists of its drop-downs
STAMP = "formulir OPD {agency}, {day}, {filler}"
BEFORE = "; semula: "  # what the source was before a form answered, so that the trail is kept
LONGEST = LONGEST_NAME  # letters of a text that a form may bring
TODAY = ("user_minutes_today", "handling_minutes_today", "trips_today", "digital_today")  # what an office can count; the rest is foreseen
COUNTED = ("one", "target")  # drivers of quantities that an initiative's owner can count
Rows = Mapping[str, Mapping[str, Record]]


@dataclass(frozen=True)
class FormField:
    """One column an office fills in; `kind`: count, number, share, text, ids or choice; `low` and `high` bound numbers."""

    name: str
    kind: str
    low: float = 0.0
    high: float = 1e12
    may_be_empty: bool = False


@dataclass(frozen=True)
class FormTable:
    """The part of one table that forms hold: its columns to fill in, what stands beside them to be read, and whose row it is."""

    name: str
    fields: tuple[FormField, ...]
    context: tuple[str, ...]
    owner: Callable[[Rows, Record], str]

    def rows_of(self, rows: Rows, agency: str) -> dict[str, Record]:
        """Rows of an agency by key, in the order of the file."""
        return {key: row for key, row in rows[self.name].items() if self.owner(rows, row) == agency}


@dataclass(frozen=True)
class FormWords:
    """How a form speaks: names of its sheets by table, heads by field, words of its drop-downs by field and code."""

    sheets: Mapping[str, str]
    heads: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]
    cover: str
    proposals: str
    inventory: str
    remarks: str  # the sheet that an annotated copy begins with
    filler: tuple[str, str, str]  # name, position, day


@dataclass(frozen=True)
class FormFacts:
    """What a form was made from: values by table, key and field as plain text; `evidence` is one of the fields."""

    region: str
    agency: str
    values: Mapping[tuple[str, str, str], str] = field(default_factory=dict)

    def hash(self) -> str:
        """SHA-256 over all of it."""
        values = [[*where, value] for where, value in self.values.items()]
        return content_hash({"form": json.dumps([FORM, VERSION, self.region, self.agency, values], ensure_ascii=False).encode()})


def _points(high: float = 1e9) -> tuple[FormField, ...]:
    return tuple(FormField(name, "number", high=high) for name in ("low", "mode", "high"))


def _of_initiative(rows: Rows, row: Record) -> str:
    initiative = rows["initiatives"].get(row.initiative)
    return initiative.owner if initiative else ""


def _of_counted_line(rows: Rows, row: Record) -> str:
    return _of_initiative(rows, row) if row.driver in COUNTED else ""


def _of_service(rows: Rows, row: Record) -> str:
    service = rows["services"].get(row.service)
    return service.owner if service and row.quantity in TODAY else ""


def _of_district(rows: Rows, row: Record) -> str:
    """The kecamatan whose office stands there."""
    return next((key for key, a in rows["agencies"].items() if a.kind == "kecamatan" and a.district == row.code), "")


FORM_TABLES: Mapping[str, FormTable] = types.MappingProxyType(
    {
        t.name: t
        for t in (
            FormTable(
                "agencies",
                (
                    FormField("name", "text"),
                    FormField("short_name", "text"),
                    FormField("district", "choice"),
                    FormField("users", "count", high=20_000),
                    FormField("ict_staff", "count", high=500),
                ),
                ("urusan_all",),
                lambda rows, row: row.id,
            ),
            FormTable(
                "districts",
                (
                    FormField("centre", "text"),
                    FormField("population_2023", "count", high=1_000_000),
                    FormField("electricity_hours", "number", high=24),
                    FormField("puskesmas", "count", high=50),
                    FormField("schools", "count", high=500),
                ),
                ("name", "island_group"),
                _of_district,
            ),
            FormTable(
                "applications",
                (
                    FormField("name", "text"),
                    FormField("function", "text"),
                    FormField("scope", "choice"),
                    FormField("state", "choice"),
                    FormField("size_class", "choice", may_be_empty=True),
                    FormField("package", "choice"),
                    FormField("interfaces", "ids", may_be_empty=True),
                ),
                ("treatment", "initiative"),
                lambda rows, row: row.agency,
            ),
            FormTable("services", (FormField("place_today", "choice"), *_points()), ("title",), lambda rows, row: row.owner),
            FormTable("service_values", _points(1e6), ("service", "quantity"), _of_service),
            FormTable("cost_lines", _points(), ("initiative", "item", "timing"), _of_counted_line),
            FormTable(
                "norms",
                (*(FormField(name, "number", high=1e5) for name in ("minutes_low", "minutes", "minutes_high")), *_points()),
                ("title", "initiative"),
                _of_initiative,
            ),
        )
    }
)


def fields_of(table: FormTable, row: Record) -> tuple[FormField, ...]:
    """The fields of a row that are asked: a size counted in function points is no class, and shares end at 1."""
    if table.name == "applications" and row.size_fp_high:
        return tuple(f for f in table.fields if f.name != "size_class")
    if table.name == "service_values" and row.quantity == "digital_today":
        return tuple(FormField(f.name, "share", high=1) for f in table.fields)
    return table.fields


def plain(value: object) -> str:
    """A record's value as a data file would write it."""
    if isinstance(value, bool):
        return "y" if value else "n"
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    if isinstance(value, float):
        return repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    return str(value)


def facts(region: str, rows: Rows, agency: str) -> FormFacts:
    """What the pack says of an agency now, field by field."""
    values: dict[tuple[str, str, str], str] = {}
    for table in FORM_TABLES.values():
        for key, row in table.rows_of(rows, agency).items():
            names = [*(f.name for f in fields_of(table, row)), "evidence"]
            values |= {(table.name, key, name): plain(getattr(row, name)) for name in names}
    return FormFacts(region, agency, values)


def choices(table: str, name: str, rows: Rows, words: FormWords) -> dict[str, str]:
    """What a drop-down offers: its word by the code that data files hold."""
    if (table, name) == ("agencies", "district"):
        return {key: f"{row.name} ({key})" for key, row in rows["districts"].items()}
    if name == "size_class":
        return {key: row.title_id for key, row in rows["size_classes"].items()}
    return dict(words.choices[name])


def columns(table: FormTable) -> tuple[str, ...]:
    """Columns of a form's sheet: key, context, what is filled in, then unit, basis, remark and what is known now."""
    return ("key", *table.context, *(f.name for f in table.fields), "unit", "basis", "remark", "evidence", "source")
