"""A long table stands in a box that a phone opens; a short one stands open."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from egov_model.report.folding import shown
from egov_model.report.fragments import Table
from egov_model.report.wording import speak


def rows(number: int, columns: int, cards: bool) -> Table:
    made = tuple(tuple(f"{row}.{column}" for column in range(columns)) for row in range(number))
    return Table("Paket <b>", tuple(f"kolom {n}" for n in range(columns)), made, cards=cards)


@pytest.mark.parametrize(
    ("number", "columns", "cards", "folded"),
    [(12, 6, False, False), (13, 2, False, True), (4, 6, True, False), (5, 5, True, True), (8, 3, True, False), (9, 3, True, True)],
)
def test_only_what_would_bury_a_phone_is_folded(number, columns, cards, folded):
    soup = BeautifulSoup(shown(speak("id"), rows(number, columns, cards)), "html.parser")
    assert len(soup.select("tbody tr")) == number and len(soup.find_all("table")) == 1
    assert bool(soup.details) == folded
    if folded:
        assert soup.details["class"] == ["long"] and soup.summary.get_text() == f"Paket <b> ({number} baris)"
        assert soup.details.table.caption.get_text() == "Paket <b>"


def test_its_number_of_rows_is_said_in_the_language_of_the_page():
    assert "(13 rows)" in shown(speak("en"), rows(13, 2, False))
