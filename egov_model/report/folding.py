"""Tables that would bury a page on a phone: folded there under their caption, open on a desk and on paper."""

from __future__ import annotations

from egov_model.report.fragments import Html, Table, table
from egov_model.report.wording import Say

MOST_CELLS, MOST_ROWS = 24, 12  # what a phone shows without being asked to: of cards, and of a table that scrolls


def shown(say: Say, view: Table) -> Html:
    """A table; a long one in a box that a phone opens on request, headed by its caption and how many rows there are."""
    made = table(view)
    if len(view.rows) * len(view.columns) <= MOST_CELLS if view.cards else len(view.rows) <= MOST_ROWS:
        return made
    rows = say.plural("{n} row", "{n} rows", len(view.rows))
    return Html('<details class="long"><summary>{} ({})</summary>{}</details>').format(view.caption, rows, made)
