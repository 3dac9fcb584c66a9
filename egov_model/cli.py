"""`egov`: results on stdout, talk on stderr; status 0 good, 1 a run failed, 2 bad input. Each command loads only what it needs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import click

import egov_model.inputs.errors as errors
from egov_model.cli_author import diff, explain, new, params
from egov_model.cli_compare import compare
from egov_model.cli_developer import DEVELOPER
from egov_model.cli_golden import golden
from egov_model.cli_issue import issue
from egov_model.cli_optimise import optimise
from egov_model.cli_sensitivity import sensitivity
from egov_model.cli_survey import survey
from egov_model.cli_track import track
from egov_model.cli_verify import verify
from egov_model.cli_weights import weights
from egov_model.cli_whatif import what_if
from egov_model.inputs.place import PROJECT_DATA, ROOT

CORES = max(1, min(8, os.cpu_count() or 1))
SECONDS_BETWEEN = 2.0  # two words on how far a long run is
FORMATS = click.Choice(["table", "csv", "json"])


def talk(text: str) -> None:
    """One line to the person at the screen, not to the result."""
    click.echo(text, err=True)


def data_option(command):
    where = {"type": click.Path(path_type=Path), "default": PROJECT_DATA, "show_default": "data/"}
    return click.option("--data", "data", **where, help="Folder of the data pack.")(command)


def set_option(command):
    help_text = "Change one value, such as settings.ceiling_factor=0.8; repeatable."
    return click.option("--set", "assignments", multiple=True, metavar="KEY=VALUE", help=help_text)(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name=None, version=__import__("egov_model").__version__, prog_name="egov")
def egov() -> None:
    """Budget, staffing and rollout of a regency's e-government master plan.

    \b
    egov check                     is every input file right?
    egov run baseline              the headline figures of a scenario
    egov compare lean              beside the baseline: what differs, and why
    egov report                    build reports/ (open reports/index.html)
    """


COMMANDS = (weights, optimise, compare, new, diff, params, explain, golden, issue, survey, sensitivity, track, verify, what_if)
for command in (*COMMANDS, *DEVELOPER):
    egov.add_command(command)


@egov.command()
@click.argument("scenarios", nargs=-1)
@data_option
@click.option("--strict", is_flag=True, help="Also demand unit, source and evidence on every row, honest ranges, and few assumed prices.")
def check(scenarios: tuple[str, ...], data: Path, strict: bool) -> None:
    """Check every input file and scenario; every problem of every file is named at once."""
    from egov_model.inputs.focus_group import FOLDER, group_problems
    from egov_model.inputs.scenario import load_scenarios, scenario_names, strict_problems

    names = list(scenarios) or scenario_names(data)
    loaded = load_scenarios(names or ["baseline"], data)
    group = data.resolve() / FOLDER
    if group.is_dir() and (problems := {p for inputs in loaded for p in group_problems(group, inputs, strict)}):
        raise errors.InputError(problems)
    if strict:
        from egov_model.analysis.evidence import bar_problems
        from egov_model.report.answers import build_plan

        folder = data.resolve().name
        problems = {p for inputs in loaded for p in strict_problems(inputs, folder)}
        problems |= {p for inputs in loaded if inputs.scenario.name == "baseline" for p in bar_problems(build_plan(inputs), folder)}
        if problems:
            raise errors.InputError(problems)
    rows = sum(len(t) for t in loaded[0].rows.values())
    counted = f"{len(loaded)} {'scenario' if len(loaded) == 1 else 'scenarios'}"
    click.echo(f"{counted} over {rows} rows: no problem found{' (strict)' if strict else ''}")


@egov.command()
@click.argument("scenarios", nargs=-1)
@data_option
@set_option
@click.option("--draws", type=int, default=None, metavar="N", help="Also how sure the figures are, over so many draws [default: none].")
@click.option("--seed", type=int, default=None, metavar="K", help="Of the draws [default: the setting].")
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
def run(scenarios: tuple[str, ...], data: Path, assignments: tuple[str, ...], draws: int | None, seed: int | None, form: str) -> None:
    """Headline figures of one scenario (default: baseline), or of several side by side.

    With --draws also quantiles of money and finish, their standard errors and the chance that the plan's numbers hold; as JSON also by
    year, milestones, contingency and the pairs of money and date that hold together in 70 % of the draws.
    """
    from egov_model.analysis.compare import comparison
    from egov_model.inputs.scenario import load_scenarios, parse_assignment
    from egov_model.report.answers import build_outlook, build_plan

    if seed is not None and draws is None:
        raise errors.InputError(f"--seed {seed}: there are no draws; add --draws N")
    if draws is not None:
        from egov_model.analysis.risk import check_draws

        check_draws(draws, seed or 0)
    loaded = load_scenarios(scenarios or ["baseline"], data, dict(map(parse_assignment, assignments)))
    plans = [build_plan(inputs) for inputs in loaded]
    frame, more = comparison(plans), []
    if draws is not None:
        from egov_model.analysis.risk_figures import headline_figures, risk_figures

        outlooks = [build_outlook(plan, draws, seed, _progress(plan.inputs.scenario.name)) for plan in plans]
        told = risk_figures if form == "json" else headline_figures
        more = [told(plan, outlook) for plan, outlook in zip(plans, outlooks, strict=True)]
    if form == "json":
        import json

        rows = frame.to_dict("records")
        rows = [row | {"risk": risk} for row, risk in zip(rows, more, strict=True)] if more else rows
        click.echo(json.dumps(rows[0] if len(rows) == 1 else rows, ensure_ascii=False, indent=2, default=str))
        return
    for name in more[0] if more else ():
        frame[name] = [risk[name] for risk in more]
    if form == "csv":
        from egov_model.report.csv_cells import csv_text

        click.echo(csv_text(frame), nl=False)
    else:
        click.echo(_headline_table(frame))


def _progress(name: str):
    """Who tells on stderr how far the draws are, once they take longer than a moment."""
    import time

    last = [time.monotonic()]

    def tell(done: int, draws: int) -> None:
        if time.monotonic() - last[0] >= SECONDS_BETWEEN:
            last[0] = time.monotonic()
            talk(f"{name}: {done:,} of {draws:,} draws")

    return tell


def _headline_table(frame) -> str:
    """Figures as lines and scenarios as columns; as wide as the figures need, so that a pipe gets whole lines."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    names = [str(name) for name in frame["scenario"]]
    view = Table("scenario", *names, box=SIMPLE_HEAD, pad_edge=False)
    for column in view.columns[1:]:
        column.justify = "right"
    for name in frame.columns.drop("scenario"):
        view.add_row(name, *(f"{v:,}" if name.endswith("_idr") and v is not None else str(v) for v in frame[name]))
    console = Console(width=30 + 20 * len(names), no_color=True, highlight=False)
    with console.capture() as captured:
        console.print(view)
    return "\n".join(line.rstrip() for line in captured.get().splitlines() if line.strip())


@egov.command()
@click.argument("scenarios", nargs=-1)
@click.option("--notebook", "notebooks", multiple=True, metavar="NAME", help="Only this notebook, such as 02 or 02-anggaran; repeatable.")
@click.option("--agency", "agencies", multiple=True, metavar="ID", help="Only the sheet of this agency, such as dikbud; repeatable.")
@click.option("--each", type=click.Choice(["agency"]), help="Only the sheets, of every agency.")
@click.option("--lang", "language", type=click.Choice(["id", "en"]), default="id", show_default=True)
@data_option
@click.option("--out", type=click.Path(path_type=Path), default=ROOT / "reports", show_default="reports/", help="Folder to build into.")
@click.option("--jobs", type=click.IntRange(1, 64), default=CORES, show_default="cores", help="Reports at a time.")
@click.option("--limit", type=click.FloatRange(min=1), default=600.0, show_default=True, help="Seconds a report may take.")
@click.option("--force", is_flag=True, help="Build even what is up to date.")
@click.option("--why", is_flag=True, help="Also say why a report is left as it is.")
def report(
    scenarios: tuple[str, ...], notebooks: tuple[str, ...], agencies: tuple[str, ...], each: str | None, language: str, data: Path,
    out: Path, jobs: int, limit: float, force: bool, why: bool,
) -> None:  # fmt: skip
    """Build the reports that are out of date, and the index over all; every input is checked before the first one starts.

    Sheets of agencies are built with the rest for the base scenario; --each agency or --agency ID build them for any scenario.

    \b
    egov report baseline --notebook 02            one report of one scenario
    egov report lean --agency dikbud              the sheet of one agency
    egov report baseline --notebook 08 --each agency
    """
    from egov_model.report.settled import nothing_to_do

    if each and agencies:
        raise click.UsageError("give --each agency or --agency ID, not both")
    whose = ("*",) if each else agencies
    wanted = {"scenarios": scenarios, "notebooks": notebooks, "language": language, "agencies": whose}
    if not force and not why and (count := nothing_to_do(ROOT / "notebooks", data, out, **wanted)) is not None:
        talk(f"{count} {'report' if count == 1 else 'reports'} up to date; nothing to do")
        return
    from egov_model.report.publish import publish

    failed = publish(ROOT / "notebooks", data, out, **wanted, jobs=jobs, limit=limit, force=force, why=why, talk=talk)
    if failed:
        raise errors.EgovModelError(f"{failed} of the reports could not be built; {out.name}/index.html says which")


@egov.command()
@click.option("--out", type=click.Path(path_type=Path), default=ROOT / "reports", show_default="reports/")
def clean(out: Path) -> None:
    """Delete the built reports (what the folder tracks stays)."""
    for path in sorted(out.glob("*")):
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != "README.md":
            path.unlink()
    talk(f"{out.name}/ is empty")


def main(prog_name: str = "egov") -> int:
    """Run the command line; bad input ends with 2, a failed run with 1, and neither with a traceback."""
    try:
        status = egov.main(prog_name=prog_name, standalone_mode=False)
    except errors.InputError as error:
        count = len(error.problems)
        talk(f"{count} {'problem' if count == 1 else 'problems'} in the input; nothing was changed\n{error}")
        return 2
    except errors.EgovModelError as error:
        talk(f"egov: {error}")
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        talk("stopped")
        return 130
    except click.exceptions.Exit as done:
        return done.exit_code
    return status if isinstance(status, int) else 0  # click gives back the status of a command that ended with one
