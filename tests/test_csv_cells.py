"""What a spreadsheet reads of a table: texts as texts, numbers as numbers."""

from __future__ import annotations

import pandas as pd
import pytest

from egov_model.report.csv_cells import csv_text, harmless


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "-", "+62 811", "-1,5"])
def test_what_would_run_gets_an_apostrophe(text):
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("value", ["a=1", "", "-0.02", "+5", "-1e-05", -3, 1.5, None, True])
def test_all_else_stays(value):
    assert harmless(value) is value or harmless(value) == value


def test_a_table_keeps_its_numbers_and_its_lines():
    frame = pd.DataFrame({"a": ["=x", "y\nz"], "b": [-1, 2], "c": [None, 0.1], "d": pd.array([pd.NA, 7], dtype="Int64")})
    assert csv_text(frame) == "a,b,c,d\n'=x,-1,,\ny z,2,0.1,7\n"
