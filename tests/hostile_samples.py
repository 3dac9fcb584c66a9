"""Every field a planner may type, found from the records themselves, so that a column added tomorrow is tried without anybody's doing."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML
from tiny_pack import TINY, copy_of_tiny

from egov_model.inputs.catalogue import TABLES, make_record
from egov_model.inputs.chain import ScenarioFile
from egov_model.inputs.errors import Problem, Problems
from egov_model.inputs.focus_group import GROUP_TABLES, PAIRS, POINTS
from egov_model.inputs.inventory import Region
from egov_model.inputs.issues import Noted
from egov_model.inputs.record import Record
from egov_model.inputs.rules import Settings

PROBE = "<b>=x"  # nothing but free text may hold it
TYPED, TYPED_LATER = "settings typed", ("settings", "value")  # a setting is text until `Settings` types it
COUNTED = {"unit": "rupiah", "source": "uji", "evidence": "high"}
ROWS = {  # of tables that the tiny pack leaves empty
    "retraining": {"from_role": "analis", "to_role": "lain", "item": "alat", "participants": "1", "most": "1", "low": "1", "mode": "2",
                   "high": "3", **COUNTED},
    "progress": {"month": "2027-03", "initiative": "internet", "paid_idr": "0", "physical_share": "0.1", "note": "catatan", **COUNTED},
    "commitments": {"id": "kontrak-1", "initiative": "internet", "signed": "2027-03-01", "ends": "2027-09-30", "value_idr": "1",
                    "note": "catatan", **COUNTED},
    "dates": {"initiative": "internet", "started": "2027-03-01", "finished": "", "note": "catatan", **COUNTED},
    "fgd_scores": {"initiative": "internet", "criterion": "biaya", "score": "3", **COUNTED},
    "fgd_pairs": {"criterion_a": "biaya", "criterion_b": "cepat", "value": "1/3"},
    "fgd_points": {"criterion": "biaya", "points": "40"},
}  # fmt: skip
NOT_IN_PACK = ("retraining",)  # the tiny pack has one role


@dataclass(frozen=True)
class Kind:
    """One kind of row: its record, and a sound row as typed."""

    record: type[Record]
    file: str
    cells: Mapping[str, object]

    def made(self, field: str, text: object) -> tuple[Record | None, list[Problem]]:
        """The sound row with another text in one field, or what is wrong with it."""
        problems = Problems()
        return make_record(self.record, {**self.cells, field: text}, self.file, 2, problems), problems.found

    def most(self, field: str) -> int:
        """How many letters the field may hold."""
        return min(bound.max_length for bound in self.record.model_fields[field].metadata if hasattr(bound, "max_length"))


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of row, by table."""
    calendar = YAML(typ="safe", pure=True).load((TINY / "calendar.yaml").read_text(encoding="utf-8"))
    made = {}
    for name, table in {**TABLES, **GROUP_TABLES, PAIRS.name: PAIRS, POINTS.name: POINTS}.items():
        if table.path == "calendar.yaml":
            cells = {key: str(value) for key, value in calendar[name][0].items()}
        else:
            cells = ROWS.get(name) or _rows(TINY / table.path)[0]
        made[name] = Kind(table.record, table.path, cells)
    lines = (line.split(": ", 1) for line in (TINY / "region.yaml").read_text(encoding="utf-8").splitlines() if line[0] != "#")
    made["region"] = Kind(Region, "region.yaml", dict(lines))
    head = dict.fromkeys(("title", "title_en", "description", "description_en", "owner"), "uji")
    made["scenario"] = Kind(ScenarioFile, "scenarios/baseline.yaml", {"name": "baseline", "extends": "lain", **head})
    made["issue"] = Kind(Noted, "issues/baseline/2027-01-01.json", {"note": "uji"})
    made[TYPED] = Kind(Settings, "settings.csv", {row["key"]: row["value"] for row in _rows(TINY / "settings.csv")})
    return made


@cache
def fields() -> tuple[tuple[str, str], ...]:
    """Every (table, field)."""
    return tuple((table, field) for table, kind in kinds().items() for field in kind.record.model_fields)


@cache
def taken() -> frozenset[tuple[str, str]]:
    """Every (table, field) that holds free text."""
    tried = ((t, f) for t, f in fields() if (t, f) != TYPED_LATER and t != TYPED)
    return frozenset((t, f) for t, f in tried if kinds()[t].made(f, PROBE)[0] is not None)


def harmful_pack(folder: Path, harm: str, fill: str = "") -> Path:
    """A copy of the tiny pack in which every free text begins with `harm`; `fill`: what goes on until the field is full."""
    pack = copy_of_tiny(folder)

    def harmed(table: str, cells: Mapping[str, str]) -> dict[str, str]:
        return {f: _with(harm, text, kinds()[table].most(f), fill) if text and (table, f) in taken() else text for f, text in cells.items()}

    for table in {**TABLES, **GROUP_TABLES}.values():
        path = pack / table.path
        if path.suffix != ".csv" or not path.is_file():
            continue
        rows = _rows(path) or [ROWS[table.name]] * (table.name not in NOT_IN_PACK)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(table.columns()), lineterminator="\n")
            writer.writeheader()
            writer.writerows(harmed(table.name, row) for row in rows)
    calendar = YAML(typ="safe", pure=True).load((pack / "calendar.yaml").read_text(encoding="utf-8"))
    for table, rows in calendar.items():
        texts = [{f: str(v) for f, v in row.items() if (table, f) in taken()} for row in rows]
        calendar[table] = [row | harmed(table, text) for row, text in zip(rows, texts, strict=True)]
    (pack / "calendar.yaml").write_text(json.dumps(calendar, default=str), encoding="utf-8")
    _write(pack / "region.yaml", harmed("region", kinds()["region"].cells))
    for path in (pack / "scenarios").glob("*.yaml"):
        body = [line for line in path.read_text(encoding="utf-8").splitlines() if line.partition(":")[0] not in ScenarioFile.model_fields]
        head = harmed("scenario", {f: text for f, text in kinds()["scenario"].cells.items() if ("scenario", f) in taken()})
        _write(path, head, body)
    return pack


def _with(harm: str, text: str, most: int, fill: str) -> str:
    """The harm before the text, cut so that the text behind it still fits, or filled until nothing more does."""
    head = harm[: most - len(text) - 1]
    room = most - len(head) - len(text) - 1
    return f"{head}{(fill * room)[:room]} {text}"


def _write(path: Path, texts: Mapping[str, str], more: list[str] = ()) -> None:
    lines = [f"{key}: {json.dumps(text)}" for key, text in texts.items()]
    path.write_text("\n".join([*lines, *more]) + "\n", encoding="utf-8")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
