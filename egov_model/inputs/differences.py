"""What one scenario's inputs have otherwise than another's, field by field, in the words of the pack."""

from __future__ import annotations

from dataclasses import dataclass

from egov_model.inputs.catalogue import TABLES
from egov_model.inputs.overrides import as_text
from egov_model.inputs.parameters import of_row, row_title
from egov_model.inputs.scenario import PlanInputs

CHANGED, ADDED, DROPPED = "changed", "added", "dropped"


@dataclass(frozen=True)
class Difference:
    """One field with another value (`what`: changed), or a row that only the other scenario (added) or only the first has (dropped).

    `key` as a scenario file names it; `title` in both languages; `before` and `after` as they are typed, empty for whole rows.
    """

    what: str
    key: str
    title_id: str
    title_en: str
    before: str
    after: str
    unit: str


def differences(first: PlanInputs, other: PlanInputs) -> tuple[Difference, ...]:
    """Every difference of `other` from `first`, in the order of the pack's tables and rows."""
    made: list[Difference] = []
    for name, table in TABLES.items():
        before, after = first.rows[name], other.rows[name]
        for key in [*before, *(key for key in after if key not in before)]:
            if key not in after or key not in before:
                rows, what = (first.rows, DROPPED) if key in before else (other.rows, ADDED)
                made.append(Difference(what, f"{name}.{key}", row_title(rows, name, key, 0), row_title(rows, name, key, 1), "", "", ""))
            elif before[key] != after[key]:
                for field in table.record.model_fields:
                    old, new = (as_text(getattr(rows[key], field)) for rows in (before, after))
                    if old != new:
                        p = of_row(other.rows, name, key, field)
                        made.append(Difference(CHANGED, p.key, p.title_id, p.title_en, old, new, p.unit))
    return tuple(made)
