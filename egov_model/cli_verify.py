"""`egov verify`: whether a report is what its notebook, data and code give today."""

from __future__ import annotations

from pathlib import Path

import click

from egov_model.inputs.errors import EgovModelError
from egov_model.inputs.place import PROJECT_DATA, ROOT

NOTEBOOKS = ROOT / "notebooks"


@click.command()
@click.argument("report", type=click.Path(path_type=Path))
@click.option("--data", type=click.Path(path_type=Path), default=PROJECT_DATA, show_default="data/", help="Folder of the data pack.")
def verify(report: Path, data: Path) -> None:
    """Build a report again elsewhere and compare it byte by byte; nothing of the folder it lies in is touched.

    REPORT is a file such as reports/baseline/02-anggaran.html. Status 1 when it differs; what has changed since it was built is said.
    """
    from egov_model.report.verify import verify as build_again

    found = build_again(report, NOTEBOOKS, data)
    if found.built_from:
        click.echo(f"{found.name} was built from " + ", ".join(f"{name} {value}" for name, value in found.built_from if value != ""))
    if not found.same:
        raise EgovModelError("\n  ".join([f"{found.name} is not what is built today:", *found.reasons]))
    click.echo(f"{found.name}: the same bytes (sha256 {found.hash}...)")
