"""Cells of a CSV file change, and not one byte beside them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_pack import TINY

from egov_model.inputs.csv_edit import changed, quoted
from egov_model.inputs.pack import PROJECT_DATA

MESSY = b'\xef\xbb\xbfid, name ,note\r\na,"x, y","say ""so"""\r\n\r\nb,"two\nlines",\r\nc,plain,last'


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ({}, b"", b""),
        ({(2, "name"): "z"}, b'"x, y"', b"z"),
        ({(2, "note"): 'a "b", c'}, b'"say ""so"""', b'"a ""b"", c"'),
        ({(4, "note"): "n"}, b'lines",\r', b'lines",n\r'),
        ({(5, "note"): ""}, b"plain,last", b"plain,"),
        ({(5, "id"): "d", (5, "name"): "q"}, b"c,plain", b"d,q"),
    ],
)
def test_only_the_cells_that_are_meant_change(changes, old, new):
    assert changed(MESSY, changes) == MESSY.replace(old, new)


@pytest.mark.parametrize("where", [(2, "nama"), (1, "id"), (0, "id"), (9, "id")])
def test_a_cell_that_is_not_there_is_an_error(where):
    with pytest.raises(KeyError, match="no cell"):
        changed(MESSY, {where: "x"})


@pytest.mark.parametrize("path", sorted(p for folder in (TINY, PROJECT_DATA) for p in folder.rglob("*.csv")), ids=lambda p: p.name)
def test_every_file_of_a_pack_comes_back_byte_for_byte(path):
    raw = path.read_bytes()
    assert changed(raw, {}) == raw


CELLS = st.text(st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from(',"\n'), max_size=8)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5), CELLS, st.data())
def test_a_reader_sees_the_new_text_in_its_cell_and_the_old_text_everywhere_else(rows, new, data):
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([("a", "b", "c"), *rows])
    row = data.draw(st.integers(0, len(rows) - 1))
    made = changed(text.getvalue().encode(), {(row + 2, "b"): new})
    wanted = [["a", "b", "c"], *map(list, rows)]
    wanted[row + 1][1] = new
    assert list(csv.reader(io.StringIO(made.decode(), newline=""), strict=True)) == wanted


def test_quotes_only_where_they_are_needed():
    assert [quoted(t) for t in ("a b", "a,b", 'a"b', "a\nb")] == ["a b", '"a,b"', '"a""b"', '"a\nb"']
