"""`egov compare`: any number of scenarios side by side against a base, and why they differ."""

from __future__ import annotations

from pathlib import Path

import click

from egov_model.inputs.errors import InputError
from egov_model.inputs.place import PROJECT_DATA

DRAWS = 1000
PARTS = (
    "headlines", "differences", "criteria", "years", "dominated", "bridge", "draws-ranges", "draws-differences", "draws-pairs",
    "draws-regret", "draws-dominated", "draws-stability", "draws-brought",
)  # fmt: skip


@click.command()
@click.argument("scenarios", nargs=-1)
@click.option("--base", default="", metavar="NAME", help="Scenario that all are set against [default: baseline].")
@click.option("--draws", type=int, default=0, metavar="N", show_default=True, help="Draws that all scenarios share; 0: most likely values.")
@click.option("--seed", type=int, default=None, metavar="K", help="Of the draws [default: the setting].")
@click.option("--data", type=click.Path(path_type=Path), default=PROJECT_DATA, show_default="data/", help="Folder of the data pack.")
@click.option("--set", "assignments", multiple=True, metavar="KEY=VALUE", help="Change one value in every scenario; repeatable.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--part", type=click.Choice(PARTS), default="headlines", show_default=True, help="What --format csv gives.")
def compare(
    scenarios: tuple[str, ...], base: str, draws: int, seed: int | None, data: Path, assignments: tuple[str, ...], form: str, part: str
) -> None:
    """Scenarios side by side against a base (default: all of them), which changes moved the total, and which are worse in everything.

    What happens anyway (do-minimum) is always among them. With --draws also ranges, chances, regret and how stable a choice is; draws are
    shared, so differences between scenarios are no noise.

    \b
    egov compare lean satellite-first --draws 1000
    egov compare lean --base accelerated --format csv --part bridge
    """
    from egov_model.analysis.comparison_figures import figures
    from egov_model.analysis.comparison_figures import part as part_of
    from egov_model.inputs.scenario import parse_assignment
    from egov_model.report.answers import compare_scenarios

    if draws < 0:
        raise InputError(f"--draws {draws}: found a number below 0; allowed: 0 (most likely values only) or more")
    changes = dict(map(parse_assignment, assignments))
    found = compare_scenarios(scenarios, base, data, changes, draws, seed)
    if len(found.plans) == 1:
        raise InputError(f"nothing to compare: {found.scenarios[0]!r} is the only scenario over its years; write another in scenarios/")
    if form == "json":
        import json

        click.echo(json.dumps(figures(found), ensure_ascii=False, indent=2))
    elif form == "csv":
        frame = part_of(found, part)
        if frame is None:
            raise InputError(f"--part {part}: needs draws; add --draws {DRAWS}")
        from egov_model.report.csv_cells import csv_text

        click.echo(csv_text(frame), nl=False)
    else:
        click.echo(_tables(found))


def _tables(found) -> str:
    """What fits a screen: figures, bridges, who is worse in everything, and the ranges when there are some."""
    from egov_model.analysis.comparison_figures import bridge_frame
    from egov_model.cli_weights import table

    figures = found.criteria.merge(found.differences[["scenario", "total_idr", "finish_days"]], on="scenario", suffixes=("", "_more"))
    views = [
        ("scenarios (the first is the base)", figures),
        ("bridge: what moved the total, in any order", bridge_frame(found)[["scenario", "theme", "total_idr", "finish_days", "index"]]),
        ("no better in anything than another, and worse in something", found.dominated),
    ]
    if found.chances:
        regret = found.chances.regret
        views += [
            ("ranges", found.chances.ranges),
            ("differences to the base, draw by draw", found.chances.differences),
            ("regret: distance to the best of each draw", regret),
            ("share of draws in which another is as good in everything and better in something", found.chances.dominated),
        ]
    return "\n\n".join(table(name, frame.astype(object).where(frame.notna(), "-")) for name, frame in views if len(frame))
