"""`egov new`, `diff`, `params` and `explain`: a scenario as text, and what can be said in one."""

from __future__ import annotations

import json
from pathlib import Path

import click

from egov_model.inputs.errors import InputError
from egov_model.inputs.place import PROJECT_DATA

WHERE = {"type": click.Path(path_type=Path), "default": PROJECT_DATA, "show_default": "data/", "help": "Folder of the data pack."}
FORMS = ["table", "csv", "markdown", "json-schema", "datapackage"]
LANGUAGES = click.Choice(["id", "en"])
WORDS = {
    "id": {"empty": "kosong", "added": "ditambahkan", "dropped": "dikeluarkan", "same": "{first} dan {other} tidak berbeda"},
    "en": {"empty": "empty", "added": "added", "dropped": "left out", "same": "{first} and {other} do not differ"},
}


@click.command()
@click.argument("name")
@click.option("--from", "base", default="baseline", show_default=True, metavar="BASE", help="Scenario that it differs from.")
@click.option("--set", "assignments", multiple=True, metavar="KEY=VALUE", help="One difference; repeatable.")
@click.option("--drop", "dropped", multiple=True, metavar="TABLE.ROW", help="A row to leave out: initiatives.if-perangkat; repeatable.")
@click.option("--title", default="", help="In Bahasa Indonesia [default: made of NAME].")
@click.option("--title-en", default="", help="In English [default: the title].")
@click.option("--description", default="", help="In Bahasa Indonesia [default: what it differs from].")
@click.option("--description-en", default="", help="In English.")
@click.option("--owner", default="", help="Who answers for it [default: who answers for BASE].")
@click.option("--replace", is_flag=True, help="A scenario of this name that is there may be replaced.")
@click.option("--data", "data", **WHERE)
def new(
    name: str, base: str, assignments: tuple[str, ...], dropped: tuple[str, ...], title: str, title_en: str,
    description: str, description_en: str, owner: str, replace: bool, data: Path,
) -> None:  # fmt: skip
    """Write a scenario that holds only its differences from another, each with what it is, its base value and its source.

    \b
    egov new hemat-10 --from baseline --set settings.ceiling_factor=0.9
    egov diff baseline hemat-10
    """
    from egov_model.inputs.scenario import load_scenario, parse_assignment
    from egov_model.inputs.scenario_text import Head, save_scenario, scenario_text

    inputs = load_scenario(base, data)
    differing = dict(map(parse_assignment, assignments))
    drop: dict[str, list[str]] = {}
    for row in dropped:
        table, _, key = row.partition(".")
        drop.setdefault(table, []).append(_known_row(inputs.rows, table, key))
    title = title or name.replace("-", " ").replace("_", " ").capitalize()
    count, like = len(differing) + len(dropped), inputs.scenario
    head = Head(
        title,
        title_en or title,
        description or f"Seperti {like.title}, dengan {count} perbedaan.",
        description_en or f"Like {like.title_en}, with {count} difference{'' if count == 1 else 's'}.",
        owner or like.owner,
    )
    path = save_scenario(name, scenario_text(inputs, head, differing, drop), data, replace)
    _refresh_schema(data)
    click.echo(path)
    click.echo(f"next: egov check {path.stem}; egov diff {base} {path.stem}; egov run {base} {path.stem}", err=True)


def _known_row(rows, table: str, key: str) -> str:
    from egov_model.inputs.catalogue import TABLES
    from egov_model.inputs.errors import did_you_mean, listed

    if table not in TABLES:
        allowed = listed(TABLES, len(TABLES))
        raise InputError(f"--drop {table}.{key}: no table {table!r}; allowed: {allowed} {did_you_mean(table, TABLES)}".rstrip())
    if key not in rows[table]:
        raise InputError(f"--drop {table}.{key}: no row {key!r} in {TABLES[table].path} {did_you_mean(key, rows[table])}".rstrip())
    return key


def _refresh_schema(data: Path) -> None:
    """What editors know of a pack's scenarios, made anew with the one that has come."""
    from egov_model.inputs.scenario import open_pack, scenario_names
    from egov_model.inputs.scenario_schema import FILE, schema_text

    text, path = schema_text(open_pack(data).rows, scenario_names(data)), data / FILE
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8", newline="\n")


@click.command()
@click.argument("first")
@click.argument("other")
@click.option("--data", "data", **WHERE)
@click.option("--language", type=LANGUAGES, default="id", show_default=True)
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def diff(first: str, other: str, data: Path, language: str, form: str) -> None:
    """What scenario OTHER has otherwise than FIRST, value by value, whatever either extends."""
    from dataclasses import asdict

    import pandas as pd

    from egov_model.inputs.differences import Difference, differences
    from egov_model.inputs.scenario import load_scenarios

    found = differences(*load_scenarios([first, other], data))
    if form == "json":
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
    elif form == "csv":
        frame = pd.DataFrame([asdict(one) for one in found], columns=list(Difference.__dataclass_fields__))
        from egov_model.report.csv_cells import csv_text

        click.echo(csv_text(frame), nl=False)
    else:
        words = WORDS[language]
        for one in found:
            title = one.title_id if language == "id" else one.title_en
            values = f"{one.before or words['empty']} -> {one.after or words['empty']}" if one.what == "changed" else words[one.what]
            click.echo(f"{title}: {values}{f' ({one.unit})' if one.unit else ''}  [{one.key}]")
        if not found:
            click.echo(words["same"].format(first=first, other=other))


@click.command()
@click.option("--format", "form", type=click.Choice(FORMS), default="table", show_default=True)
@click.option("--scenario", default="", metavar="NAME", help="Whose values to list [default: the pack's own].")
@click.option("--data", "data", **WHERE)
def params(form: str, scenario: str, data: Path) -> None:
    """Every value a scenario may change: as a table, as a page (docs/parameters.md), or as what editors and data tools read.

    \b
    egov params | grep ceiling
    egov params --format markdown > docs/parameters.md
    egov params --format json-schema > data/scenario.schema.json    what editors complete and underline in scenario files
    egov params --format datapackage > data/datapackage.json        the tables as a Frictionless data package
    """
    from egov_model.inputs.package import describe
    from egov_model.inputs.scenario import load_scenario, open_pack, scenario_names

    if form == "datapackage":
        click.echo(json.dumps(describe(), ensure_ascii=False, indent=2))
        return
    rows = load_scenario(scenario, data).rows if scenario else open_pack(data).rows
    if form == "json-schema":
        from egov_model.inputs.scenario_schema import schema_text

        click.echo(schema_text(rows, scenario_names(data)), nl=False)
    elif form == "markdown":
        from egov_model.inputs.parameters_page import parameters_page

        click.echo(parameters_page(rows), nl=False)
    else:
        from egov_model.inputs.parameters_page import COLUMNS, parameters

        told = [[getattr(p, column) for column in COLUMNS] for p in parameters(rows)]
        if form == "csv":
            import pandas as pd

            from egov_model.report.csv_cells import csv_text

            click.echo(csv_text(pd.DataFrame(told, columns=list(COLUMNS))), nl=False)
        else:
            for key, title, value, low, high, unit, evidence in told:
                click.echo(f"{key} = {value}{f' ({low} .. {high})' if low else ''}  {title}; {unit}{f'; {evidence}' if evidence else ''}")


@click.command()
@click.argument("key")
@click.option("--scenario", default="baseline", show_default=True)
@click.option("--data", "data", **WHERE)
def explain(key: str, scenario: str, data: Path) -> None:
    """What a parameter is: value, range, unit, source, evidence, how far it moves the total, and what uses it.

    KEY is table.row.field, or table.row for the row's own value, such as prices.antarmuka or settings.escalation_shift.
    """
    from dataclasses import asdict

    from egov_model.analysis.explain import MOST
    from egov_model.analysis.explain import explain as look_up
    from egov_model.inputs.scenario import load_scenario

    found = asdict(look_up(load_scenario(scenario, data), key))
    for name, value in found.items():
        if isinstance(value, tuple):
            more = [f"... and {len(value) - MOST} more"] if len(value) > MOST else []
            value = "\n  ".join(["", *value[:MOST], *more]) if value else "none"
        if value:
            click.echo(f"{name.replace('_', ' ')}: {value}")
