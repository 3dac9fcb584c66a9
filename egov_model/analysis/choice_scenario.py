"""A choice as a scenario file that a person can read: what is dropped, what waits for which year, in which order all are placed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from egov_model.analysis.objectives import BENEFIT, INDEX, SERVICES, VILLAGES, WEIGHTED
from egov_model.analysis.portfolio import DROPPED, POSTPONED, Choice, verdicts
from egov_model.inputs.parameters import parameter
from egov_model.inputs.scenario_text import Head, scenario_text

NOTE = "Ditulis oleh egov optimise. Inisiatif wajib tetap; yang lain dipilih menurut tujuan di judul; yang tidak masuk dihapus."
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


def choice_text(choice: Choice, changes: Mapping[str, str]) -> str:
    """YAML of a scenario that builds on the plan's own: `changes` made on the command line, then the choice, which goes before them.

    Loaded again it gives the same dates: initiatives are placed in the listed order, and those put off not before the year in which they
    begin. Raises InputError when the plan's scenario itself adds initiatives, which another one cannot name.
    """
    inputs, year, frame = choice.plan.inputs, choice.objective.year, verdicts(choice)
    base, groups, kept = inputs.scenario, choice.plan.network.groups, choice.found.placed.order
    out = frame.loc[frame["verdict"] == DROPPED, "initiative"].tolist()
    late = int((frame["verdict"] == POSTPONED).sum())
    sought_id, sought_en = (words[choice.objective.name].format(year=year) for words in (SOUGHT_ID, SOUGHT_EN))
    head = Head(
        f"Pilihan: {sought_id} ({base.title})",
        f"Choice: {sought_en} ({base.title_en})",
        f"{len(kept)} dari {len(groups)} inisiatif dipilih demi {sought_id}; {late} ditunda, {len(out)} tidak masuk.",
        f"{len(kept)} of {len(groups)} initiatives chosen for the {sought_en}; {late} postponed, {len(out)} dropped.",
        base.owner,
    )
    waits = {f"initiatives.{key}.earliest": day.isoformat() for key, day in begins(choice).items()}
    order = {f"initiatives.{groups[g]}.priority": str(n) for n, g in enumerate(kept.tolist(), start=1)}
    placing = {"settings.scheduling": "listed", **order}
    typed = {parameter(inputs.rows, key).key: value for key, value in changes.items()}
    told = {
        "Diubah di baris perintah": [key for key in typed if key not in waits | placing],
        "Ditunda: tidak dimulai sebelum tahun ini": waits,
        "Urutan penempatan: yang lebih kecil lebih dulu mendapat uang dan orang": placing,
    }
    values = typed | waits | placing
    overrides = {key: values[key] for keys in told.values() for key in keys}
    return scenario_text(inputs, head, overrides, {"initiatives": out}, [NOTE], told)


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
