"""`egov survey`: forms for every agency, and what comes back of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from egov_model.cli_changes import show_changes
from egov_model.inputs.place import PROJECT_DATA

COLUMNS = ("table", "key", "field", "old", "new", "source")


def data_option(command):
    where = {"type": click.Path(path_type=Path), "default": PROJECT_DATA, "show_default": "data/"}
    return click.option("--data", "data", **where, help="Folder of the data pack.")(command)


@click.group()
def survey() -> None:
    """Collect facts: one Excel form per agency with what the data say of it, and what comes back of them.

    \b
    egov survey export --all --out formulir/
    egov survey import formulir/formulir-dinkes.xlsx           what would change?
    egov survey import formulir/formulir-dinkes.xlsx --apply   take it over
    """


@survey.command(name="export")
@click.option("--agency", "agencies", multiple=True, metavar="ID", help="Only this agency; repeatable.")
@click.option("--all", "every", is_flag=True, help="Every agency of the data pack.")
@data_option
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the forms.")
def export(agencies: tuple[str, ...], every: bool, data: Path, out: Path) -> None:
    """Write one form per agency (formulir-ID.xlsx, in Bahasa Indonesia) with what the data say of it."""
    from egov_model.inputs.errors import InputError, did_you_mean
    from egov_model.report.survey_form import write_form
    from egov_model.report.wording import speak

    if every == bool(agencies):
        raise click.UsageError("give --agency ID (repeatable) or --all")
    pack = _checked_pack(data)
    known = pack.rows["agencies"]
    unknown = [f"--agency {a!r}: no such row in agencies.csv {did_you_mean(a, known)}".strip() for a in agencies if a not in known]
    if unknown:
        raise InputError("\n".join(unknown))
    for agency in dict.fromkeys(agencies or known):
        click.echo(write_form(pack, agency, speak("id"), out))


@survey.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@data_option
@click.option("--apply", "take", is_flag=True, help="Write the changes into the data pack; without it nothing is written there.")
@click.option("--partly", is_flag=True, help="With --apply: take over what is right although other cells are refused.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.pass_context
def take_in(context: click.Context, files: tuple[Path, ...], data: Path, take: bool, partly: bool, form: str) -> None:
    """List what the forms that came back change in the data: old, new, source; refused cells are marked in NAME.catatan.xlsx beside it."""
    from egov_model.inputs.errors import InputError
    from egov_model.inputs.survey_apply import apply, check_changed, new_files
    from egov_model.inputs.survey_changes import find_changes
    from egov_model.report.survey_words import form_words
    from egov_model.report.wording import speak

    pack, say = _checked_pack(data), speak("id")
    words = form_words(say)
    answers, books, problems = _read_all(files, pack, words, date.today())
    changes = find_changes(answers, pack.rows)
    changed_files = new_files(pack.folder, changes) if changes else {}
    if changed_files:
        check_changed(pack.folder, changed_files)
    show_changes(changes, COLUMNS, form)
    _tell(answers, changes)
    problems += _annotate(answers, books, say, words)
    if problems and not (take and partly):
        raise InputError(problems)
    if take and changed_files:
        apply(pack.folder, changed_files)
        rows = len({(c.table, c.key) for c in changes})
        click.echo(f"written: {rows} rows of {', '.join(sorted(changed_files))}; evidence and source say so", err=True)
    elif changes:
        click.echo("nothing was written; --apply takes these changes over", err=True)
    else:
        click.echo("the forms change nothing", err=True)
    if problems:
        click.echo(f"refused\n{InputError(problems)}", err=True)
        context.exit(2)


@survey.command()
@data_option
def recover(data: Path) -> None:
    """Put the old files back after an import that was interrupted half-way."""
    from egov_model.inputs.survey_apply import recover as put_back

    names = put_back(data.resolve())
    click.echo(f"put back: {', '.join(names)}" if names else "nothing to put back", err=True)


def _checked_pack(data: Path):
    """The pack's own rows, before any scenario changes them; every problem of every file is raised first."""
    from egov_model.inputs.errors import Problems
    from egov_model.inputs.pack import read_pack
    from egov_model.inputs.scenario import load_scenarios, scenario_names

    folder = data.resolve()
    load_scenarios(scenario_names(folder) or ["baseline"], folder)
    problems = Problems()
    pack = read_pack(folder, problems)
    problems.stop()
    return pack


def _read_all(files, pack, words, today):
    """Answers, their workbooks, and what is wrong with files that are no forms."""
    from egov_model.inputs.errors import Problem
    from egov_model.inputs.survey_file import open_form
    from egov_model.inputs.survey_notes import Refused
    from egov_model.inputs.survey_read import read_answer

    answers, books, problems = [], {}, []
    for path in dict.fromkeys(files):
        try:
            book = open_form(path)
            answers.append(read_answer(path, book, pack.region.name, pack.rows, words, today))
            books[path] = book
        except Refused as refused:
            problems.append(Problem(path.name, advice=str(refused)))
    return answers, books, problems


def _annotate(answers, books, say, words):
    """A copy with notes of each form that has some, and the notes as problems."""
    from egov_model.report.survey_notes_copy import write_copy

    problems = []
    for answer in answers:
        problems += [note.problem(answer.path.name) for note in answer.notes]
        if answer.notes:
            copy = write_copy(answer.path, books[answer.path], answer.notes, say, words)
            marked = f"refused cells are marked in {copy}" if copy else f"{answer.path.name} is too damaged for a copy with marks"
            click.echo(marked, err=True)
    return problems


def _tell(answers, changes) -> None:
    """What people remarked and proposed, and numbers that are far from what they were."""
    for c in changes:
        if c.far_off:
            click.echo(f"look again: {c.table} {c.key} {c.field}: {c.old} became {c.new} ({c.file})", err=True)
    for answer in answers:
        for sheet, where, said in answer.said:
            click.echo(f"said in {answer.path.name}, {sheet} {where}: {said}", err=True)
