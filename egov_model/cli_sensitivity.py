"""`egov sensitivity`: what moves a plan most, at which values it breaks, and whose doubt makes its spread."""

from __future__ import annotations

from pathlib import Path

import click

from egov_model.inputs.errors import InputError, did_you_mean
from egov_model.inputs.place import PROJECT_DATA

PARTS = ("tornado", "switching", "sobol")
MEASURES = ("cost", "finish", "index")
LEAST_WIDE, MOST_WIDE = 0.1, 10.0


@click.command()
@click.argument("scenario", default="baseline")
@click.option("--on", type=click.Choice(MEASURES), default="cost", show_default=True, help="What the inputs are sorted by.")
@click.option("--switching", "switches", is_flag=True, help="Also the values at which a ceiling, a place, the end or the choice breaks.")
@click.option("--sobol", "base", type=int, metavar="N", help="Also Sobol indices of groups of inputs, N draws in each of two samples.")
@click.option("--key", "keys", multiple=True, metavar="KEY", help="Only this input, such as prices.laptop; repeatable.")
@click.option("--tolerance", type=int, default=13, show_default=True, help="Weeks that the plan may end later before --switching says so.")
@click.option("--widen", type=float, default=1.0, show_default=True, help="How far --switching looks: 1 to P10 and P90, 2 twice as far.")
@click.option("--top", type=int, default=20, show_default=True, help="Inputs in a table; 0 for all. CSV and JSON have all.")
@click.option("--data", type=click.Path(path_type=Path), default=PROJECT_DATA, show_default="data/", help="Folder of the data pack.")
@click.option("--set", "assignments", multiple=True, metavar="KEY=VALUE", help="Change one value, as for egov run; repeatable.")
@click.option("--part", type=click.Choice(PARTS), default="tornado", show_default=True, help="What --format csv gives.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def sensitivity(
    scenario: str, on: str, switches: bool, base: int | None, keys: tuple[str, ...], tolerance: int, widen: float, top: int, data: Path,
    assignments: tuple[str, ...], part: str, form: str,
) -> None:  # fmt: skip
    """What moves a plan: every input at its P10 and P90, the work scheduled again in the plan's own order.

    Cost is that of everything the plan promises, whether or not it still has a place; what is paid for what has one stands beside it.

    \b
    egov sensitivity lean --on finish
    egov sensitivity baseline --switching --key ceilings.2028.dau --widen 2
    egov sensitivity baseline --sobol 1000 --part sobol --format csv
    """
    from egov_model.analysis.index_points import every_point
    from egov_model.analysis.tornado import tornado
    from egov_model.inputs.scenario import load_scenario, parse_assignment
    from egov_model.report.answers import build_plan

    check_numbers(base, tolerance, widen, top)
    if form == "csv" and (part, bool(base if part == "sobol" else switches)) in (("switching", False), ("sobol", False)):
        raise InputError(f"--part {part}: not asked for; add --{part}{' 1000' if part == 'sobol' else ''}")
    inputs = load_scenario(scenario, data, dict(map(parse_assignment, assignments)))
    points = chosen(every_point(inputs), keys) if keys else None
    plan = build_plan(inputs)
    made = tornado(plan, on, points)
    result = {
        "scenario": scenario, "on": on, "cost_idr": made.plan_idr, "finish": _day(plan, made.plan_finish_week), "index": made.plan_index,
        "promised": made.promised,
    }  # fmt: skip
    frames = {"tornado": _dated(plan, made.frame)}
    if switches:
        from egov_model.analysis.switching import switching

        found = switching(plan, tolerance, widen, points)
        result |= {"tolerance_weeks": found.tolerance_weeks, "widen": found.widen}
        frames["switching"] = found.frame
    if base is not None:
        from egov_model.analysis.variance_shares import variance_shares

        shares = variance_shares(plan, base)
        result |= {"base": shares.base, "seed": shares.seed, "evaluations": shares.evaluations, "spread": shares.spread}
        frames["sobol"] = shares.frame
    _show(result, frames, form, part, top)


def check_numbers(base: int | None, tolerance: int, widen: float, top: int) -> None:
    """Raise InputError for every number that cannot be, all at once."""
    from egov_model.analysis.variance_shares import LEAST_BASE, MOST_BASE

    wrong = []
    if base is not None and not LEAST_BASE <= base <= MOST_BASE:
        wrong.append(f"--sobol {base}: allowed: {LEAST_BASE} to {MOST_BASE} draws in each of two samples, such as 1000")
    if tolerance < 0:
        wrong.append(f"--tolerance {tolerance}: allowed: 0 or more weeks")
    if not LEAST_WIDE <= widen <= MOST_WIDE:
        wrong.append(f"--widen {widen:g}: allowed: {LEAST_WIDE:g} to {MOST_WIDE:g}, where 1 looks as far as P10 and P90")
    if top < 0:
        wrong.append(f"--top {top}: allowed: 0 (all) or more")
    if wrong:
        raise InputError("\n".join(wrong))


def chosen(points: list, keys: tuple[str, ...]) -> list:
    """The inputs that are named, with or without the last part of their key; raises InputError for those that are none."""
    known = {point.key: point for point in points}
    short = {name.rpartition(".")[0]: name for name in known if name.rpartition(".")[2] in ("mode", "size_fp")}
    made, wrong = {}, []
    for key in keys:
        name = key if key in known else short.get(key, short.get(key + ".", ""))
        if name:
            made[name] = known[name]
        else:
            near = did_you_mean(key, [*known, *short])
            wrong.append(f"--key {key}: not an input with a range that moves cost, dates or the index; {near or 'see egov explain'}")
    if wrong:
        raise InputError("\n".join(wrong))
    return list(made.values())


def _dated(plan, frame):
    """The frame with the end as a day beside its week; empty where promised work has no place in the plan."""
    made = frame.copy()
    for end in ("low", "high"):
        days = ["" if out else _day(plan, week) for week, out in zip(frame[f"{end}_finish_week"], frame[f"{end}_left_out"], strict=True)]
        made.insert(made.columns.get_loc(f"{end}_finish_week") + 1, f"{end}_finish", days)
    return made


def _day(plan, week: int) -> str:
    return plan.timeline.last_day(week).isoformat() if week else ""


SHOWN = {
    "tornado": ("key", "low", "mode", "high", "low_idr", "high_idr", "low_paid_idr", "high_paid_idr", "low_finish", "high_finish",
                "low_index", "high_index", "low_placed", "high_placed"),
    "switching": ("key", "breaks", "low", "mode", "high", "down_value", "up_value", "down_names", "up_names"),
    "sobol": ("on", "group", "first", "first_half", "total", "total_half"),
}  # fmt: skip


def _show(result: dict, frames: dict, form: str, part: str, top: int) -> None:
    """The result on stdout."""
    if form == "csv":
        from egov_model.report.csv_cells import csv_text

        click.echo(csv_text(frames[part].map(_joined)), nl=False)
    elif form == "json":
        import json

        rows = {name: frame.astype(object).where(frame.notna(), None).to_dict("records") for name, frame in frames.items()}
        click.echo(json.dumps(result | rows, ensure_ascii=False, indent=2, default=lambda value: value.item()))
    else:
        from egov_model.cli_weights import table

        click.echo("\n".join(f"{name.replace('_', ' ')}: {_told(value)}" for name, value in result.items()))
        for name, frame in frames.items():
            some = (
                frame
                if name == "sobol" or not top
                else frame.dropna(subset=["nearest"]).head(top)
                if name == "switching"
                else frame.head(top)
            )
            numbers = some.loc[:, list(SHOWN[name])].map(_joined)
            click.echo("\n" + table(name, numbers.map(_short)))
            if name == "switching":
                holding = int(frame.groupby("key")["nearest"].agg(lambda near: near.isna().all()).sum())
                click.echo(f"inputs looked at: {frame['key'].nunique()}; of them none in its range: {holding}")


def _joined(value: object) -> object:
    return " ".join(value) if isinstance(value, tuple) else value


def _short(value: object) -> object:
    """A number as a table has room for; what is not there is empty."""
    if isinstance(value, float):
        return "" if value != value else f"{value:,.0f}" if abs(value) >= 1e5 else f"{value:.4g}"
    return value


def _told(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_told(one)}" for name, one in value.items())
    return f"{value:,}" if isinstance(value, int) and value > 10**8 else f"{value:,.2f}" if isinstance(value, float) else str(value)
