"""`egov track`: actuals beside the plan, and a month's realisation table taken into the data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from egov_model.cli_changes import show_changes
from egov_model.inputs.place import PROJECT_DATA

COLUMNS = ("key", "field", "old", "new", "source")


class _ShowsUnlessNamed(click.Group):
    """A group whose command `show` need not be named: `egov track baseline`."""

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        if arguments and arguments[0] not in (*self.commands, "-h", "--help"):
            arguments = ["show", *arguments]
        return super().parse_args(context, arguments or ["show"])


def data_option(command):
    where = {"type": click.Path(path_type=Path), "default": PROJECT_DATA, "show_default": "data/"}
    return click.option("--data", "data", **where, help="Folder of the data pack.")(command)


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a date such as 2027-03-31") from None


def _month(context: click.Context, parameter: click.Parameter, value: str) -> str:
    from egov_model.inputs.actuals import to_month

    try:
        return to_month(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not {error}") from None


month_option = click.option("--month", required=True, callback=_month, metavar="YYYY-MM", help="Month whose end the table reports.")


@click.group(cls=_ShowsUnlessNamed)
def track() -> None:
    """Follow up: what was really done and spent, beside the plan.

    \b
    egov track baseline                                        where the plan stands
    egov track baseline --as-of 2027-06-30 --since 2027-03-31  what has moved since March?
    egov track form baseline --month 2027-03 --out tabel.xlsx  an empty table of realisation
    egov track import tabel.xlsx --month 2027-03               what would change?
    egov track import tabel.xlsx --month 2027-03 --apply       take it over
    """


@track.command()
@click.argument("scenario", default="baseline")
@click.option("--as-of", "as_of", callback=_day, metavar="DATE", help="Day to look at [default: the end of the last reported month].")
@data_option
@click.option("--draws", type=click.IntRange(0, 1_000_000), default=1000, show_default=True, help="Of the forecast; 0: no forecast.")
@click.option("--seed", type=int, default=None, metavar="K", help="Of the draws [default: the setting].")
@click.option("--since", callback=_day, metavar="DATE", help="Also what has moved since the last issue on or before this day.")
@click.option("--format", "shape", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def show(
    scenario: str, as_of: date | None, data: Path, draws: int, seed: int | None, since: date | None, shape: str
) -> None:  # fmt: skip
    """Where a plan stands: planned, earned and actual money, indices, forecast, absorption, early warnings."""
    import json

    from egov_model.analysis.followed import follow
    from egov_model.analysis.moved_since import issue_at, moved_since
    from egov_model.cli_track_text import as_json, as_lines
    from egov_model.inputs.actuals import reported_until
    from egov_model.inputs.issues import past_issues
    from egov_model.inputs.scenario import load_scenario
    from egov_model.report.answers import build_plan
    from egov_model.report.wording import speak

    inputs = load_scenario(scenario, data)
    issue = issue_at(past_issues(scenario, data.resolve()), scenario, since) if since else None
    plan = build_plan(inputs)
    found = follow(plan, as_of, draws, seed)
    moves = moved_since(issue, plan, found.ahead) if issue else []
    until = reported_until(plan.inputs.rows)
    if found.as_of and (until is None or until < found.as_of):
        last = f"the last report is of {until}" if until else "nothing is reported"
        click.echo(f"look again: {last}; what was done and paid after it is not counted", err=True)
    say = speak("en")
    if shape == "json":
        click.echo(json.dumps(as_json(plan, found, moves, say), ensure_ascii=False, indent=2, default=str))
    elif shape == "csv":
        frame = found.initiatives if found.as_of else found.quarters
        from egov_model.report.csv_cells import csv_text

        click.echo(csv_text(frame), nl=False)
    else:
        click.echo(as_lines(plan, found, moves, say, since is not None))


@track.command()
@click.argument("scenario", default="baseline")
@month_option
@data_option
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Workbook to write, a new one.")
def form(scenario: str, month: str, data: Path, out: Path) -> None:
    """Write an empty table of realisation (xlsx) with the lines that the plan has in the year of a month."""
    from egov_model.inputs.errors import InputError
    from egov_model.inputs.scenario import load_scenario
    from egov_model.report.answers import build_plan
    from egov_model.report.realisation_form import write_form

    if out.exists():
        raise InputError(f"--out {str(out)!r}: there is such a file already; choose another name")
    plan = build_plan(load_scenario(scenario, data))
    _in_plan(month, plan)
    click.echo(write_form(plan, month, out))


@track.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@month_option
@click.option("--scenario", default="baseline", show_default=True, help="Plan whose lines the table follows.")
@data_option
@click.option("--apply", "take", is_flag=True, help="Write the changes into actuals/progress.csv; without it nothing is written.")
@click.option("--partly", is_flag=True, help="With --apply: take over what is right although other lines are refused.")
@click.option("--format", "shape", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.pass_context
def take_in(
    context: click.Context, file: Path, month: str, scenario: str, data: Path, take: bool, partly: bool, shape: str
) -> None:  # fmt: skip
    """List what a regency's table of realisation (xlsx) changes in the data: old, new, source."""
    from egov_model.analysis.actuals_entries import told
    from egov_model.inputs.actuals import last_day
    from egov_model.inputs.actuals_sheet import read_rows
    from egov_model.inputs.actuals_write import changed_file, differences
    from egov_model.inputs.errors import InputError, Problem
    from egov_model.inputs.scenario import load_scenario
    from egov_model.inputs.survey_apply import apply, check_changed
    from egov_model.inputs.survey_file import open_form
    from egov_model.inputs.survey_notes import Refused
    from egov_model.report.answers import build_plan

    if last_day(month) > today():
        raise InputError(f"--month {month}: it ends on {last_day(month)}, which is still to come; allowed: a month that is over")
    plan = build_plan(load_scenario(scenario, data))
    _in_plan(month, plan)
    try:
        rows, notes = read_rows(open_form(file), plan.inputs.region.name, month)
    except Refused as refused:
        raise InputError([Problem(file.name, advice=str(refused))]) from None
    found = told(plan, rows, month, file.name)
    changes = differences(found.entries, plan.inputs.rows)
    files = changed_file(data.resolve(), found.entries, changes) if changes else {}
    if files:
        check_changed(data.resolve(), files)
    show_changes(changes, COLUMNS, shape)
    if found.left:
        lines = f"{found.left} {'line' if found.left == 1 else 'lines'}"
        click.echo(f"passed over: {lines} of work that is not in this plan", err=True)
    for key in found.silent:
        click.echo(f"look again: {key} has money in {month[:4]} and no line in the table", err=True)
    problems = [note.problem(file.name) for note in (*notes, *found.notes)]
    if problems and not (take and partly):
        raise InputError(problems)
    if take and files:
        apply(data.resolve(), files)
        click.echo(f"written: {len({c.key for c in changes})} rows of {', '.join(files)}", err=True)
    else:
        click.echo("nothing was written; --apply takes these changes over" if changes else "the table changes nothing", err=True)
    if problems:
        click.echo(f"refused\n{InputError(problems)}", err=True)
        context.exit(2)


def today() -> date:
    """The day it is."""
    return date.today()


def _in_plan(month: str, plan) -> None:
    from egov_model.inputs.errors import InputError

    years = plan.timeline.years
    if int(month[:4]) not in years:
        raise InputError(f"--month {month}: allowed: a month of the plan, {years[0]}-01 to {years[-1]}-12")
