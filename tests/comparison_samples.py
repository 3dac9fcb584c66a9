"""Comparisons for the tests of the report room and the command line: the made-up regency under a few scenarios, and the project's own."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from plan_samples import project
from tiny_pack import HEAD, copy_of_tiny

from egov_model.analysis.compare import ANYWAY
from egov_model.analysis.side_by_side import Comparison, side_by_side
from egov_model.report.answers import compare_scenarios

BODIES = {
    "dear": "set: {prices.alat.low: 12000000, prices.alat.mode: 15000000, prices.alat.high: 22500000}",
    "few": "drop: {initiatives: [aplikasi]}",
    "tight": "set: {settings.ceiling_factor: 0.06, roles.analis.on_board: 2, initiatives.aplikasi.earliest: 2027-09-01}",
    "same": "set: {initiatives.aplikasi.title_en: Letters}",
    "past": "set: {settings.last_year: 2027}",
    ANYWAY: "set: {settings.scope: running}",
}


def pack(folder: Path) -> Path:
    """A copy of the tiny pack with these scenarios."""
    made = copy_of_tiny(folder)
    for name, body in BODIES.items():
        (made / "scenarios" / f"{name}.yaml").write_text(HEAD.replace("Kasus", name).replace("Case", name) + body + "\n", encoding="utf-8")
    return made


@cache
def tiny(draws: int = 60) -> Comparison:
    """All of them that plan the same years."""
    with tempfile.TemporaryDirectory() as folder:
        return compare_scenarios(data=pack(Path(folder)), draws=draws, seed=7)


@cache
def halsel() -> Comparison:
    """Three of the project's own scenarios at most likely values."""
    return side_by_side([project(name) for name in ("baseline", "lean", ANYWAY)])
