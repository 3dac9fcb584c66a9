"""`egov weights`: what a focus group's weights make of a plan."""

from __future__ import annotations

from pathlib import Path

import click

from egov_model.inputs.place import PROJECT_DATA

PARTS = ("ranking", "weights", "judgements")


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--scenario", default="baseline", show_default=True)
@click.option("--data", type=click.Path(path_type=Path), default=PROJECT_DATA, show_default="data/", help="Folder of the data pack.")
@click.option("--part", type=click.Choice(PARTS), default="ranking", show_default=True, help="What --format csv gives.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--save", metavar="NAME", help="Also write what the group's weights have in as a scenario of this name.")
def weights(folder: Path | None, scenario: str, data: Path, part: str, form: str, save: str | None) -> None:
    """What a focus group's weights make of a plan: consistency, mean weights, ranking with its spread, and what fits the ceilings.

    FOLDER holds criteria.csv, participants.csv, participants/<id>.csv and, for criteria that people judge, scores.csv; without it the data
    pack's own folder fgd is read.
    """
    from egov_model.analysis.focus_group import hear
    from egov_model.analysis.group_scenario import group_text
    from egov_model.inputs.focus_group import FOLDER, load_group
    from egov_model.inputs.scenario import load_scenario
    from egov_model.inputs.scenario_text import save_scenario, scenario_file
    from egov_model.model.plan import build_plan

    if save:
        scenario_file(save, data, asked="--save ")  # before the plan is made
    inputs = load_scenario(scenario, data)
    group = load_group((folder or data / FOLDER).resolve(), inputs)
    outcome = hear(build_plan(inputs), group)
    frames = {"ranking": outcome.ranking, "weights": outcome.weight_frame, "judgements": outcome.judgement_frame}
    if group.example:
        click.echo("example: these participants are made up; nobody judged so", err=True)
    if form == "csv":
        from egov_model.report.csv_cells import csv_text

        click.echo(csv_text(frames[part]), nl=False)
    elif form == "json":
        click.echo(_json(scenario, outcome, frames))
    else:
        click.echo("\n\n".join(table(name, _shown(frame)) for name, frame in frames.items()))
    if save:
        path = save_scenario(save, group_text(outcome), data)
        click.echo(f"written: scenarios/{path.name}", err=True)


def _json(scenario: str, outcome, frames) -> str:
    """All of it, with what is missing as null."""
    import json

    head = {"scenario": scenario, "group": outcome.group.name, "example": outcome.group.example, "alike": list(outcome.alike)}
    rows = {name: frame.astype(object).where(frame.notna(), None).to_dict("records") for name, frame in frames.items()}
    return json.dumps({**head, **rows}, ensure_ascii=False, indent=2, default=lambda value: value.item())


def _shown(frame):
    """The columns that a screen has room for: ranks in one, the judgement to look at again in another."""
    if "rank_min" in frame:
        spread = frame.rank_min.astype(str) + "-" + frame.rank_max.astype(str)
        in_for = frame.in_for.astype(str) + " of " + frame.participants.astype(str)
        return frame[["rank", "initiative", "worth", "rank_median"]].assign(
            ranks=spread, in_for=in_for, verdict=frame.verdict, in_group=frame.in_group
        )
    if "judged" in frame:
        again = [
            "" if r.consistent else f"{r.criterion_a} against {r.criterion_b}: {r.judged:.3g}, others imply {r.implied:.2g}"
            for r in frame.itertuples()
        ]
        kept = ["participant", "method", "lambda_max", "consistency_index", "consistency_ratio", "consistent", "placed", "total_idr"]
        return frame[kept].assign(look_again_at=again)
    return frame


def table(title: str, frame) -> str:
    """A frame as lines, as wide as it needs."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    view = Table(*map(str, frame.columns), title=title, title_justify="left", title_style="", box=SIMPLE_HEAD, pad_edge=False)
    for column, kind in zip(view.columns, frame.dtypes, strict=True):
        column.justify, column.no_wrap = ("left" if kind in ("object", "str", "bool") else "right"), True
    for row in frame.itertuples(index=False):
        view.add_row(*map(_cell, row))
    console = Console(width=400, no_color=True, highlight=False, markup=False)
    with console.capture() as captured:
        console.print(view)
    return "\n".join(line.rstrip() for line in captured.get().splitlines() if line.strip())


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value)
