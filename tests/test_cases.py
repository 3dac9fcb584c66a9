"""Hand-worked cases that a planner can read: tests/cases/*.yaml."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from tiny_pack import with_changes

from egov_model.model.plan import Plan, build_plan

yaml = YAML()
yaml.preserve_quotes = True
CASES = {
    f"{path.stem}: {name}": case
    for path in sorted(Path(__file__).with_name("cases").glob("*.yaml"))
    for name, case in yaml.load(path.read_text(encoding="utf-8")).items()
}
CHECKS = ("paid", "start", "live", "status", "left")


def test_there_are_cases_for_every_rule():
    assert len(CASES) >= 12
    assert {name.split(":")[0] for name in CASES} == {"cost", "gate", "capacity", "ceiling", "dependency"}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str, tmp_path: Path):
    case = CASES[name]
    assert set(case) <= {"given", "expect"} and case["expect"] and set(case["expect"]) <= set(CHECKS)
    body = io.StringIO()
    if case.get("given"):
        yaml.dump(case["given"], body)
    plan = build_plan(with_changes(tmp_path, body.getvalue()))
    for what, wanted in case["expect"].items():
        for key, value in wanted.items():
            assert found(plan, what, key) == (dict(value) if what == "paid" else value if what == "left" else str(value)), f"{what} {key}"


def found(plan: Plan, what: str, key: object) -> object:
    if what == "paid":
        rows = plan.budget[plan.budget["line"] == key]
        return dict(zip(rows["year"].tolist(), rows["amount_idr"].tolist(), strict=True))
    if what == "left":
        return int(plan.ceilings.loc[plan.ceilings["year"] == key, "left_idr"].sum())
    if what == "start":
        initiative, phase = str(key).split(".")
        rows = plan.activities[(plan.activities["initiative"] == initiative) & (plan.activities["phase"] == phase)]
        return str(rows["start"].iloc[0]) if len(rows) else "none"
    row = plan.initiatives.set_index("initiative").loc[key]
    return str(row["go_live"] if what == "live" else row["status"])
