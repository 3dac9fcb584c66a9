"""Made-up actuals of the made-up regency; nobody ever reported them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import openpyxl
from tiny_pack import copy_of_tiny

HEADS = {
    "progress": "month,initiative,paid_idr,physical_share,note,unit,source,evidence",
    "commitments": "id,initiative,signed,ends,value_idr,note,unit,source,evidence",
    "dates": "initiative,started,finished,note,unit,source,evidence",
}
SOURCE = "laporan rekaan untuk uji"


def with_actuals(
    folder: Path,
    progress: Iterable[tuple] = (),
    commitments: Iterable[tuple] = (),
    dates: Iterable[tuple] = (),
) -> Path:
    """A copy of the tiny pack with these rows (progress: month, initiative, paid, share[, note]; commitments: id, initiative, signed, ends,
    value; dates: initiative, started[, finished])."""
    pack = copy_of_tiny(folder)
    for name, rows in (("progress", progress), ("commitments", commitments), ("dates", dates)):
        fields = HEADS[name].split(",")
        own = len(fields) - 3
        lines = [HEADS[name]]
        for row in rows:
            cells = ["" if cell is None else str(cell) for cell in row]
            lines.append(",".join([*cells, *[""] * (own - len(cells)), "uji", SOURCE, "high"]))
        (pack / "actuals" / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return pack


def realisation_table(
    path: Path,
    rows: Iterable[tuple],
    *,
    region: str = "KABUPATEN CONTOH",
    until: str = "Keadaan sampai dengan 31 Maret 2027",
    changes: Mapping[str, object] | None = None,
) -> Path:
    """A workbook in the layout of a regency's report: rows of (code, title, ceiling, paid, paid %, physical %)."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Lap Maret"
    for line in (["LAPORAN REALISASI FISIK DAN KEUANGAN"], [region], [until], []):
        sheet.append(line)
    titles = ("No", "Kode Rekening", "Program/Kegiatan/Sub Kegiatan", "Pagu Anggaran", "Realisasi Keuangan", None, "Realisasi Fisik", "Ket")
    sheet.append(titles)
    sheet.append([None, None, None, "(Rp)", "(Rp)", "(%)", "(%)", None])
    for column in "ABCDH":
        sheet.merge_cells(f"{column}5:{column}5")
    sheet.merge_cells("E5:F5")
    for number, row in enumerate(rows, 1):
        sheet.append([number, *row])
    sheet.append([None, None, "Contoh, 2 April 2027"])
    for cell, value in (changes or {}).items():
        sheet[cell] = value
    book.save(path)
    return path


TODAY = date(2027, 5, 1)


def following(plan, until: str, *, share=lambda key, month, planned: planned, pay=lambda key, paid: paid) -> dict[str, list[tuple]]:
    """Rows of actuals until a month that do what the plan says, to the rupiah and the day, unless `share` and `pay` say otherwise."""
    import numpy as np

    from egov_model.analysis.planned_value import days_until, planned_share, planned_value
    from egov_model.inputs.actuals import last_day

    network, schedule, timeline = plan.network, plan.schedule, plan.timeline
    progress, dates = [], []
    for month in [m for m in timeline.months if m <= until]:
        ends = [last_day(month), date(int(month[:4]) - 1, 12, 31)]
        at = np.array([max(0, days_until(plan, day)) for day in ends])
        value, done = np.rint(planned_value(plan, at)), planned_share(plan, at)
        for g, key in enumerate(network.groups):
            chain = network.chains[g]
            begins = int(schedule.start[0, chain[0]] if chain else schedule.live[0, g])
            if schedule.live[0, g] < 0 or 7 * begins >= at[0]:
                continue
            progress.append((month, key, pay(key, int(value[0, g] - value[1, g])), repr(float(share(key, month, done[0, g])))))
    last = last_day(until)
    for g, key in enumerate(network.groups):
        chain, live = network.chains[g], int(schedule.live[0, g])
        begins = int(schedule.start[0, chain[0]] if chain else live)
        if live >= 0 and timeline.day(begins) <= last:
            ended = timeline.last_day(live) if chain and timeline.last_day(live) <= last else None
            dates.append((key, timeline.day(begins), ended))
    return {"progress": progress, "dates": dates}
