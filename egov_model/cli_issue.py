"""`egov issue`: record what is published of a scenario."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from egov_model.inputs.errors import InputError
from egov_model.inputs.place import PROJECT_DATA


@click.command()
@click.argument("scenario")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="[default: the setting issued_on]")
@click.option("--note", default="", help="Why it is issued, for those who read it later.")
@click.option("--data", type=click.Path(path_type=Path), default=PROJECT_DATA, show_default="data/", help="Folder of the data pack.")
def issue(scenario: str, day: datetime | None, note: str, data: Path) -> None:
    """Record the figures of SCENARIO as they are published, in issues/SCENARIO/DATE.json of the data pack.

    The executive summary of later reports says what moved since the last issue, and which inputs changed. An issue is never overwritten.
    """
    from egov_model.analysis.issued import issue_of
    from egov_model.inputs.issues import issue_file, note_of, past_issues
    from egov_model.inputs.scenario import load_scenario
    from egov_model.report.answers import build_outlook, build_plan
    from egov_model.report.page import write_whole

    folder, note = data.resolve(), note_of(note)
    inputs = load_scenario(scenario, folder, {"settings.issued_on": day.date().isoformat()} if day else None)
    issued_on = inputs.settings.issued_on
    last = max((each.issued_on for each in past_issues(scenario, folder)), default=None)
    if last is not None and issued_on <= last:
        raise InputError(f"{scenario} was issued on {last} and stays as it is; {issued_on} is not after that: give a later --date")
    plan = build_plan(inputs)
    made = issue_of(plan, build_outlook(plan), note)
    file = issue_file(folder, scenario, issued_on)
    write_whole(file, made.model_dump_json(indent=1) + "\n")
    shown = file.relative_to(folder.parent).as_posix()
    click.echo(f"{scenario} as issued on {issued_on} recorded in {shown}", err=True)
