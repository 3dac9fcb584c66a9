"""`egov golden`: record the headline answers of every scenario, or say which moved."""

from __future__ import annotations

from pathlib import Path

import click

from egov_model.inputs.errors import EgovModelError, InputError
from egov_model.inputs.place import PROJECT_DATA, ROOT

FILE = ROOT / "tests" / "golden" / "headline.json"


@click.command()
@click.option("--check", is_flag=True, help="Record nothing; status 1 when a number moved.")
@click.option("--data", type=click.Path(path_type=Path), default=PROJECT_DATA, show_default="data/", help="Folder of the data pack.")
@click.option("--file", type=click.Path(path_type=Path), default=FILE, show_default="tests/golden/headline.json")
def golden(check: bool, data: Path, file: Path) -> None:
    """Record the headline answers of every scenario, and say which numbers moved since they were last recorded."""
    from egov_model.analysis.golden import answers, as_text, moved
    from egov_model.report.answers import build_plan

    kept = kept_answers(file) if check or file.is_file() else {}
    now = answers(data.resolve(), build_plan)
    told = moved(kept, now)
    for line in told if kept else ():
        click.echo(line)
    if check:
        if told:
            raise EgovModelError(f"{len(told)} of the answers moved; make golden records them, CHANGELOG.md says why")
        click.echo(f"{_counted(now)}: no answer moved")
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(as_text(now), encoding="utf-8", newline="\n")
    click.echo(f"{_counted(now)} recorded in {file.name}", err=True)


def kept_answers(file: Path) -> dict:
    """The answers kept in a file; raises InputError when there are none."""
    import json

    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise InputError(f"{file.name}: no answers are kept there; make golden records them") from None


def _counted(made: dict) -> str:
    return f"{len(made)} {'scenario' if len(made) == 1 else 'scenarios'}"
