"""`egov optimise`: which optional initiatives to keep and when, or the best schedule by a measure of time."""

from __future__ import annotations

import re
from pathlib import Path

import click

from egov_model.inputs.errors import EgovModelError, InputError
from egov_model.inputs.place import PROJECT_DATA

CHOICES = ("index", "benefit", "villages", "services")
TIMES = ("completion", "makespan", "lateness", "levelled")
PARTS = ("initiatives", "frontier", "billion")


@click.command()
@click.argument("scenario", default="baseline")
@click.option("--objective", type=click.Choice([*CHOICES, *TIMES]), default="index", show_default=True, help="What is sought.")
@click.option("--weights", metavar="NAME=W,...", help="Several objectives at once, such as index=2,villages=1.")
@click.option("--target", type=int, metavar="YEAR", help="Year of the index, villages and services [default: the last of the plan].")
@click.option("--ceiling", "ceilings", multiple=True, metavar="YEAR[.FUND]=IDR", help="Another ceiling, such as 2028=9e9; repeatable.")
@click.option(
    "--limit", type=click.FloatRange(min=0.01), default=8.0, show_default=True, help="Deterministic seconds of the solver a question."
)
@click.option("--frontier", type=click.IntRange(2, 50), metavar="N", help="Also money against the objective in N points.")
@click.option("--billion", is_flag=True, help="Also what one billion rupiah more and less in every year and fund is worth.")
@click.option("--data", type=click.Path(path_type=Path), default=PROJECT_DATA, show_default="data/", help="Folder of the data pack.")
@click.option("--set", "assignments", multiple=True, metavar="KEY=VALUE", help="Change one value; repeatable.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--part", type=click.Choice(PARTS), default="initiatives", show_default=True, help="What --format csv gives.")
@click.option("--save", metavar="NAME", help="Also write the choice as a scenario of this name.")
@click.option("--force", is_flag=True, help="Write over a scenario that is there already.")
def optimise(
    scenario: str, objective: str, weights: str | None, target: int | None, ceilings: tuple[str, ...], limit: float, frontier: int | None,
    billion: bool, data: Path, assignments: tuple[str, ...], form: str, part: str, save: str | None, force: bool,
) -> None:  # fmt: skip
    """Which optional initiatives to keep and when, under the ceilings, people and gates of a scenario; mandatory ones stay.

    \b
    egov optimise lean --objective index --target 2030
    egov optimise baseline --objective villages --ceiling 2028=9e9 --save hemat-2028
    egov optimise baseline --objective completion      the best schedule, not a choice
    """
    from egov_model.inputs.scenario import load_scenario, parse_assignment
    from egov_model.inputs.scenario_text import save_scenario, scenario_file
    from egov_model.model.plan import build_plan

    asked = parse_weights(weights) if weights else None
    path = scenario_file(save, data, force, "--save ") if save else None  # before the search, which takes long
    changes = dict(map(parse_assignment, assignments))
    inputs = load_scenario(scenario, data, changes)
    if ceilings:
        changes |= ceiling_changes(inputs, ceilings)
        inputs = load_scenario(scenario, data, changes)
    plan = build_plan(inputs)
    if objective in TIMES and not asked:
        if save or frontier or billion:
            raise InputError(f"--objective {objective} makes a schedule, not a choice: without --save, --frontier and --billion")
        result, frames = _schedule(plan, objective, target, limit)
    else:
        from egov_model.analysis.chosen import choice_result

        result, frames, text = choice_result(
            plan, objective, target, asked, limit, frontier, billion, changes, data, path.stem if path else "", _tell
        )
        if path:
            save_scenario(save, text, data, force)
            _tell(f"written: scenarios/{path.name}")
    _show(result, frames, form, part)


def parse_weights(text: str) -> dict[str, float]:
    """`index=2,villages=1` as numbers by name; raises InputError."""
    made = {}
    for one in text.split(","):
        name, found, value = one.strip().partition("=")
        try:
            made[name.strip()] = float(value)
        except ValueError:
            found = ""
        if not found:
            raise InputError(f"--weights {text!r}: expected name=number, such as index=2,villages=1")
    return made


def ceiling_changes(inputs, ceilings: tuple[str, ...]) -> dict[str, str]:
    """Changes of ceilings.csv for `2028=9e9` (all funds, in their proportion) or `2028.dau=5e9`; their ranges move with them.

    Raises InputError for what cannot be read, an unknown year or fund, and a year to be raised that has nothing now.
    """
    rows, factor, made = inputs.rows["ceilings"], inputs.settings.ceiling_factor, {}
    years = sorted({row.year for row in rows.values()})
    for text in ceilings:
        match = re.fullmatch(r"(\d{4})(?:\.([\w-]+))?=(\d+(?:\.\d+)?(?:[eE]\+?\d+)?)", text.strip())
        if not match:
            raise InputError(f"--ceiling {text!r}: expected YEAR=RUPIAH or YEAR.FUND=RUPIAH, such as 2028=9e9")
        year, fund, wanted = int(match[1]), match[2], float(match[3])
        mine = [(key, row) for key, row in rows.items() if row.year == year and fund in (None, row.fund)]
        if not mine:
            funds = sorted({row.fund for row in rows.values()})
            raise InputError(f"--ceiling {text!r}: no such ceiling; years {years[0]} to {years[-1]}, funds {', '.join(funds)}")
        now = sum(row.mode for _, row in mine) * factor
        if not now:
            raise InputError(f"--ceiling {text!r}: the ceiling is 0 now; set ceilings.{mine[0][0]}.mode instead")
        for key, row in mine:
            for name in ("low", "mode", "high"):
                made[f"ceilings.{key}.{name}"] = f"{getattr(row, name) * wanted / now:.0f}"
    return made


def _schedule(plan, objective: str, target: int | None, limit: float):
    """The best schedule by a measure of time: mandatory initiatives stay, others may be left out at the cost that `verify` counts."""
    from egov_model.analysis.chosen import schedule_result

    found = schedule_result(plan, objective, target, limit)
    if found[0]["status"] in ("impossible", "unknown"):
        raise EgovModelError(
            f"{objective}: {found[0]['status']}; no schedule holds every mandatory initiative under these ceilings and people"
        )
    return found


def _tell(text: str) -> None:
    click.echo(text, err=True)


def _show(result: dict, frames: dict, form: str, part: str) -> None:
    """The result on stdout."""
    import json

    if form == "csv":
        if part not in frames:
            raise InputError(f"--part {part}: not asked for; add --{part}")
        from egov_model.report.csv_cells import csv_text

        click.echo(csv_text(frames[part]), nl=False)
    elif form == "json":
        rows = {name: frame.astype(object).where(frame.notna(), None).to_dict("records") for name, frame in frames.items()}
        click.echo(json.dumps(result | rows, ensure_ascii=False, indent=2, default=_plain))
    else:
        from egov_model.cli_weights import table

        click.echo("\n".join(f"{name.replace('_', ' ')}: {_cell(value)}" for name, value in result.items()))
        for name, frame in frames.items():
            years = {column: str for column in ("year", "could_be_live") if column in frame}
            click.echo("\n" + table(name, frame.drop(columns=["title_id", "title_en"], errors="ignore").astype(years)))


def _plain(value: object) -> object:
    return value.item() if hasattr(value, "item") else str(value)


def _cell(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{k} {_cell(v)}" for k, v in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "none"
    return f"{value:,}" if isinstance(value, int) and abs(value) > 9999 else f"{value:.6g}" if isinstance(value, float) else str(value)
