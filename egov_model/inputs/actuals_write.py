"""Taking a month's realisation into a data pack: which cells and rows of actuals/progress.csv change, and the file with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from egov_model.inputs.catalogue import TABLES
from egov_model.inputs.csv_edit import changed, quoted
from egov_model.inputs.errors import Problems
from egov_model.inputs.overrides import as_text
from egov_model.inputs.pack import read_pack
from egov_model.inputs.record import Record
from egov_model.inputs.survey_changes import Change
from egov_model.inputs.tables import file_bytes

TABLE = "progress"
COUNTED = ("paid_idr", "physical_share")  # what makes a row another one
UNIT = "rupiah; bagian pekerjaan"


@dataclass(frozen=True)
class Entry:
    """What a table of realisation says of one initiative at the end of a month."""

    month: str
    initiative: str
    paid_idr: int
    physical_share: float
    source: str
    file: str

    @property
    def cells(self) -> dict[str, str]:
        """The row as a data file writes it."""
        own = {"month": self.month, "initiative": self.initiative, "paid_idr": str(self.paid_idr)}
        more = {"physical_share": as_text(self.physical_share), "note": "", "unit": UNIT, "source": self.source, "evidence": "high"}
        return own | more


def differences(entries: Iterable[Entry], rows: Mapping[str, Mapping[str, Record]]) -> list[Change]:
    """Every cell that differs from what is there; of a row that says the same already none, whatever its source."""
    made = []
    for entry in entries:
        key = f"{entry.month}.{entry.initiative}"
        before = rows[TABLE].get(key)
        old = {name: as_text(getattr(before, name)) for name in entry.cells} if before else dict.fromkeys(entry.cells, "")
        if before and all(old[name] == entry.cells[name] for name in COUNTED):
            continue
        fields = [name for name in entry.cells if name not in ("month", "initiative", "note")]
        made += [
            Change(TABLE, key, name, old[name], entry.cells[name], entry.source, entry.file)
            for name in fields
            if old[name] != entry.cells[name]
        ]
    return made


def changed_file(folder: Path, entries: Iterable[Entry], changes: Iterable[Change]) -> dict[str, tuple[bytes, bytes]]:
    """Content before and after by path, as `survey_apply.apply` takes it: changed cells where they stand, new rows at the end."""
    problems = Problems()
    pack = read_pack(folder, problems)
    problems.stop()
    path = TABLES[TABLE].path
    before = file_bytes(folder / path)
    touched = {c.key for c in changes}
    cells = {(pack.places[TABLE, c.key][1], c.field): c.new for c in changes if (TABLE, c.key) in pack.places}
    after = changed(before, cells) if cells else before
    heads = [name.strip() for name in after.decode("utf-8-sig").splitlines()[0].split(",")]
    end = b"\r\n" if b"\r\n" in after else b"\n"
    for entry in entries:
        key = f"{entry.month}.{entry.initiative}"
        if key in touched and (TABLE, key) not in pack.places:
            after += (b"" if after.endswith(end) else end) + ",".join(quoted(entry.cells.get(name, "")) for name in heads).encode() + end
    return {path: (before, after)} if after != before else {}
