"""A choice as a scenario file that a person can read: what is dropped, what waits for which year, in which order all are placed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date

import numpy as np

from egov_model.analysis.objectives import BENEFIT, INDEX, SERVICES, VILLAGES, WEIGHTED
from egov_model.analysis.portfolio import DROPPED, POSTPONED, Choice, verdicts
from egov_model.inputs.errors import InputError

SOUGHT_ID = {
    INDEX: "indeks tertinggi pada {year}",
    BENEFIT: "manfaat bersih terbesar",
    VILLAGES: "desa tersambung terbanyak pada {year}",
    SERVICES: "layanan digital terbanyak pada {year}",
    WEIGHTED: "beberapa tujuan berbobot pada {year}",
}
SOUGHT_EN = {
    INDEX: "highest index in {year}",
    BENEFIT: "largest net benefit",
    VILLAGES: "most villages connected in {year}",
    SERVICES: "most services digital in {year}",
    WEIGHTED: "several objectives weighed in {year}",
}


def scenario_text(choice: Choice, changes: Mapping[str, str]) -> str:
    """YAML of a scenario that builds on the plan's own: `changes` made on the command line, then the choice.

    Loaded again it gives the same dates: initiatives are placed in the listed order, and those put off not before the year in which they
    begin. Raises InputError when the plan's scenario itself adds initiatives, which another one cannot name.
    """
    added = [c.key for c in choice.plan.inputs.changes if c.key.count(".") == 1 and c.key.startswith("initiatives.") and c.value == "y"]
    if added:
        names = ", ".join(key.partition(".")[2] for key in added)
        raise InputError(f"{choice.plan.inputs.scenario.name}: adds {names}; a choice names initiatives of initiatives.csv: put them there")
    base, year = choice.plan.inputs.scenario, choice.objective.year
    rows, frame = choice.plan.inputs.rows["initiatives"], verdicts(choice)
    out, late = frame[frame["verdict"] == DROPPED], frame[frame["verdict"] == POSTPONED]
    groups = choice.plan.network.groups
    sought = {"id": SOUGHT_ID[choice.objective.name].format(year=year), "en": SOUGHT_EN[choice.objective.name].format(year=year)}
    kept = len(choice.found.placed.order)
    head = {
        "title": f"Pilihan: {sought['id']} ({base.title})",
        "title_en": f"Choice: {sought['en']} ({base.title_en})",
        "description": f"{kept} dari {len(groups)} inisiatif dipilih demi {sought['id']}; {len(late)} ditunda, {len(out)} tidak masuk.",
        "description_en": f"{kept} of {len(groups)} initiatives chosen for the {sought['en']}; {len(late)} postponed, {len(out)} dropped.",
        "owner": base.owner,
    }
    lines = [
        "# Ditulis oleh egov optimise. Inisiatif wajib tetap; yang lain dipilih menurut tujuan di judul.",
        *(f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in head.items()),
        f"extends: [{base.name}]",
        "set:",
    ]
    if changes:
        lines += ["  # Diubah di baris perintah", *(f"  {key}: {_scalar(value)}" for key, value in changes.items())]
    waits = begins(choice)
    if waits:
        lines.append("  # Ditunda: tidak dimulai sebelum tahun ini")
        lines += [f"  initiatives.{key}.earliest: {day.isoformat()}  # {_title(rows, key)}" for key, day in waits.items()]
    lines += ["  # Urutan penempatan: yang lebih kecil lebih dulu mendapat uang dan orang", '  settings.scheduling: "listed"']
    lines += [f"  initiatives.{groups[g]}.priority: {n}" for n, g in enumerate(choice.found.placed.order.tolist(), start=1)]
    if len(out):
        lines += ["drop:", "  # Tidak masuk; rincian biayanya ikut dihapus", "  initiatives:"]
        lines += [f"    - {key}  # {_title(rows, key)}" for key in out["initiative"]]
    return "\n".join(lines) + "\n"


def begins(choice: Choice) -> dict[str, date]:
    """First day of the year in which each initiative that waits, or is live later than it could be, begins."""
    plan, placed, problem = choice.plan, choice.found.placed, choice.problem
    frame = verdicts(choice)
    late = set(frame.loc[frame["verdict"] == POSTPONED, "initiative"])
    made = {}
    for g, key in enumerate(plan.network.groups):
        if choice.live[g] < 0 or not (key in late or placed.earliest[g] > plan.network.earliest[g]):
            continue
        first = int(placed.starts[np.flatnonzero(problem.group == g)].min())
        day = date(plan.timeline.day(first).year, 1, 1)
        if day > plan.inputs.rows["initiatives"][key].earliest:
            made[key] = day
    return made


def _scalar(value: str) -> str:
    """Text of the command line as YAML: numbers and dates stand bare, everything else in quotes."""
    return value if re.fullmatch(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?|\d{4}-\d\d-\d\d", value) else json.dumps(value, ensure_ascii=False)


def _title(rows: Mapping, key: str) -> str:
    return " ".join(rows[key].title_id.split())
