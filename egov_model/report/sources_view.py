"""Which tables of the data pack stand behind a page, and how well their rows are known; formats, never computes."""

from __future__ import annotations

from collections.abc import Sequence

from egov_model.analysis import summary
from egov_model.inputs.catalogue import TABLES as CATALOGUE
from egov_model.inputs.errors import InputError, did_you_mean
from egov_model.model.plan import Plan
from egov_model.report.fragments import Table
from egov_model.report.wording import Say
from egov_model.report.words import TABLES, named


def sources(say: Say, plan: Plan, names: Sequence[str]) -> Table:
    """Tables by name with their file, rows, and the rows that are assumptions; raises `InputError` for one that is not there."""
    for name in names:
        if name not in TABLES:
            raise InputError(f"no table {name!r} {did_you_mean(name, TABLES)}".rstrip())
    counts = summary.evidence_counts(plan)
    rows = tuple(
        (
            named(say, TABLES, name), CATALOGUE[name].path, say.number(int(counts.at[name, "total"])),
            say.number(int(counts.at[name, "total"] - counts.at[name, "assumption"])), say.number(int(counts.at[name, "assumption"])),
        )
        for name in names
    )  # fmt: skip
    heads = (say("Table"), say("File"), say("Rows"), say("With a source"), say("Assumptions"))
    return Table(say("Where the figures of this page come from"), heads, rows, frozenset({2, 3, 4}), cards=True)
