"""The tiny pack with an initiative of one agency that treats an application of the other, and an agency that the plan passes by."""

from __future__ import annotations

from pathlib import Path

from joined_pack import ADDED
from tiny_pack import with_changes

from egov_model.model.plan import Plan, build_plan

APART = (
    "{id: museum, name: Museum, short_name: Museum, kind: dinas, urusan: '2.22', urusan_all: 2.22 Kebudayaan, district: '99.01.01', "
    "users: 3, ict_staff: 0, unit: orang, source: uji, evidence: high}"
)
TAUGHT = (
    "{id: semua-surat, initiative: aplikasi, group: agencies, people: 2, timing: once, item: langganan, class_size: 4, trainer: '', "
    "trainer_minutes: 0, low: 8, mode: 8, high: 8, unit: JP per peserta, source: uji, evidence: assumption}"
)
CHANGES = ADDED + f"\n  agencies:\n    - {APART}\n  training:\n    - {TAUGHT}\n"
# the letters of kominfo are treated by the initiative of kec-seberang
BODY = f"set: {{applications.surat.initiative: aplikasi}}\n{CHANGES}"


def shared_plan(folder: Path, settings: str = "") -> Plan:
    """A plan whose agencies do things for each other."""
    return build_plan(with_changes(folder, BODY.replace("set: {", f"set: {{{settings}")))
