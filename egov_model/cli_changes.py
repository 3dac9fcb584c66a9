"""Differences between what came back and the data, as a table, CSV or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click


def show_changes(changes: Sequence[object], columns: Sequence[str], form: str) -> None:
    """Print these attributes of every change; nothing at the terminal when there is none."""
    import pandas as pd

    frame = pd.DataFrame([[getattr(change, name) for name in columns] for change in changes], columns=list(columns))
    if form == "json":
        click.echo(json.dumps(frame.to_dict("records"), ensure_ascii=False, indent=2))
    elif form == "csv":
        from egov_model.report.csv_cells import csv_text

        click.echo(csv_text(frame), nl=False)
    elif changes:
        from egov_model.cli_weights import table

        click.echo(table("differences to the data", frame))
