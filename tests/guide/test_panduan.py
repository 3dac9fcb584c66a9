"""docs/panduan-perencana.md done from beginning to end over a copy of the data, as a planner would. Run by `make guide-check`."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from egov_model.inputs.scenario import load_scenario
from egov_model.inputs.scenario_text import Head
from egov_model.report.answers import build_plan
from egov_model.whatif.session import Session

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "panduan-perencana.md"
STEP = re.compile(
    r"^```(?P<kind>sh|text)\n(?P<text>.*?)^```$|^<!-- (?P<do>geser|simpan|isi): (?P<what>\S+) -->$(?P<table>(?:\n\n?\|[^\n]*)*)",
    re.MULTILINE | re.DOTALL,
)
BUILDS = ("report",)  # commands that write where they are told by --out
# the guide reports the first quarter of 2027: for what follows up, it is April by then
IN_APRIL = """
import datetime, sys
from egov_model import cli, cli_track
cli_track.today = lambda: max(datetime.date(2027, 4, 10), datetime.date.today())
sys.exit(cli.main())
"""
HEAD = Head("Hemat sepuluh persen", "Ten percent less", "Contoh panduan.", "Example of the guide.", "Bappelitbangda")


@dataclass(frozen=True)
class Step:
    """One thing that the guide does or says, with the line it stands in."""

    line: int
    kind: str  # sh, text, geser, simpan, isi
    text: str
    rows: tuple[tuple[str, ...], ...] = ()


def steps() -> list[Step]:
    text, made = GUIDE.read_text(encoding="utf-8"), []
    for found in STEP.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        table = [row for row in (found["table"] or "").split("\n") if row.strip()]
        rows = [[cell.strip().strip("`") for cell in row.strip("|").split("|")] for row in table]
        made.append(Step(line, found["kind"] or found["do"], found["text"] or found["what"], tuple(map(tuple, rows[2:]))))
    return made


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("perencana")
    shutil.copytree(ROOT / "data", folder / "data")
    return folder


def test_the_guide_holds_every_kind_of_step():
    assert [step.kind for step in steps()].count("sh") >= 8 and {step.kind for step in steps()} == {"sh", "text", "geser", "simpan", "isi"}


def test_pictures_are_there():
    named = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", GUIDE.read_text(encoding="utf-8"))
    assert len(named) >= 4 and [name for name in named if not (GUIDE.parent / name).is_file()] == []


def test_from_the_first_question_to_the_forecast(place):
    said, session = "", None
    for step in steps():
        where = f"{GUIDE.name} line {step.line}"
        if step.kind == "geser":
            session = Session(step.text, place / "data")
            for key, value in step.rows:
                if value in ("ya", "tidak"):
                    session.switch(key.removeprefix("initiatives."), value == "ya")
                else:
                    session.move(key, value)
        elif step.kind == "simpan":
            assert session is not None, where
            session.save(step.text, HEAD)
            plan, shown = build_plan(load_scenario(step.text, place / "data")), session.result.plan
            assert plan.budget["amount_idr"].sum() == shown.budget["amount_idr"].sum(), f"{where}: saved is not what was shown"
        elif step.kind == "isi":
            fill(place / step.text, step.rows)
        elif step.kind == "sh":
            said = "".join(run(command, place, where) for command in step.text.splitlines())
        else:
            for line in step.text.splitlines():
                assert line.strip() in said, f"{where}: {line!r} is not in\n{said}"


def run(command: str, place: Path, where: str) -> str:
    """What a command of the guide says, run in the planner's folder."""
    name, *arguments = shlex.split(command)
    assert name == "egov", where
    arguments += ["--data", str(place / "data")]
    if arguments[0] in BUILDS:
        arguments += ["--out", str(place / "reports")]
    program = [sys.executable, "-c", IN_APRIL, *arguments]
    done = subprocess.run(program, cwd=place, env=environment(), capture_output=True, text=True)
    assert done.returncode == 0, f"{where}: {command}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def fill(path: Path, rows: tuple[tuple[str, ...], ...]) -> None:
    """Type into a workbook what the guide types: `B5`, or `kolom D, baris X` for the row in which X stands."""
    book = load_workbook(path)
    for sheet, cell, value in rows:
        place = re.fullmatch(r"kolom ([A-Z]+), baris (\S+)", cell)
        if place:
            number = next(c.row for row in book[sheet].iter_rows() for c in row if c.value == place[2])
            cell = f"{place[1]}{number}"
        typed: object = int(value) if value.isdecimal() else value
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            typed = date.fromisoformat(value)
        book[sheet][cell].value = typed
    book.save(path)
