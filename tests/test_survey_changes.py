"""Whatever is filled in arrives in the data, and nothing else does."""

from __future__ import annotations

import tempfile
from pathlib import Path

import openpyxl
import pytest
from broken_packs import copy_of_tiny
from hypothesis import given, settings
from hypothesis import strategies as st
from survey_samples import DAY, WORDS, cell_of, fill_in, form, pack_of, sign

from egov_model.inputs.survey_apply import apply, new_files
from egov_model.inputs.survey_changes import Change, find_changes
from egov_model.inputs.survey_file import open_form
from egov_model.inputs.survey_read import read_answer
from egov_model.inputs.survey_scope import FACTS, FORM_TABLES, choices, fields_of, plain

PACK = pack_of()
ASKED = [
    (table.name, key, asked)
    for table in FORM_TABLES.values()
    for key, row in table.rows_of(PACK.rows, "kominfo").items()
    for asked in fields_of(table, row)
    if asked.name not in ("low", "high", "minutes_low", "minutes_high", "mode", "minutes")  # three points are tried together below
]
WORD = st.text(st.characters(codec="ascii", min_codepoint=33, max_codepoint=126), max_size=12).map("A{}".format)


@st.composite
def answers(draw) -> dict[tuple[str, str, str], str]:
    """Values by table, key and field, as data files would hold them."""
    made = {}
    for table, key, asked in draw(st.lists(st.sampled_from(ASKED), unique_by=lambda a: a[:2] + (a[2].name,), max_size=5)):
        offered = choices(table, asked.name, PACK.rows, WORDS) if asked.kind == "choice" else {}
        kinds = {
            "count": st.integers(0, int(asked.high)).map(str),
            "number": st.integers(0, int(asked.high) * 100).map(lambda n: plain(n / 100)),
            "choice": st.sampled_from(sorted(offered)) if offered else st.just(""),
            "ids": st.sampled_from(["surat", "warga", "warga surat"]),
            "text": WORD,
        }
        made[table, key, asked.name] = draw(kinds[asked.kind])
    if draw(st.booleans()):
        points = sorted(n / 100 for n in draw(st.lists(st.integers(0, 10**8), min_size=3, max_size=3)))
        made |= {("services", "surat-warga", name): plain(p) for name, p in zip(("low", "mode", "high"), points, strict=True)}
    return made


@settings(max_examples=8)
@given(answers())
def test_what_is_filled_in_arrives_and_all_else_stays(filled):
    with tempfile.TemporaryDirectory() as made:
        data = copy_of_tiny(Path(made))
        path = form(Path(made), "kominfo", data)
        book = openpyxl.load_workbook(path)
        sign(book)
        for (table, key, name), value in filled.items():
            asked = next(f for f in fields_of(FORM_TABLES[table], PACK.rows[table][key]) if f.name == name)
            offered = choices(table, name, PACK.rows, WORDS) if asked.kind == "choice" else {}
            cell = cell_of(book, table, key, name)
            cell.value = float(value) if asked.kind in ("count", "number", "share") else offered.get(value, value)
        book.save(path)
        back = open_form(path)
        hidden_rows = back[FACTS].max_row
        answer = read_answer(path, back, PACK.region.name, PACK.rows, WORDS, DAY)
        assert back[FACTS].max_row == hidden_rows, "reading makes no cell, or copies would be slow to write"
        changes = find_changes([answer], PACK.rows)
        assert answer.notes == []
        apply(data, new_files(data, changes))
        after = pack_of(data)
        touched = {where[:2] for where in filled if plain(getattr(PACK.rows[where[0]][where[1]], where[2])) != filled[where]}
        assert {(c.table, c.key) for c in changes} == touched
        for table, records in PACK.rows.items():
            for key, before in records.items():
                wanted = {name: plain(value) for name, value in before.__dict__.items()}
                wanted |= {name: value for (t, k, name), value in filled.items() if (t, k) == (table, key)}
                if (table, key) in touched:
                    wanted |= {"evidence": "low", "source": f"formulir OPD kominfo, 2026-11-24, Siti Rahma; semula: {before.source}"}
                assert {name: plain(value) for name, value in after.rows[table][key].__dict__.items()} == wanted
        again = form(Path(made) / "again", "kominfo", data)
        assert find_changes([read_answer(again, open_form(again), PACK.region.name, after.rows, WORDS, DAY)], after.rows) == []


@pytest.mark.parametrize("name", ["Dinas \u0645\u06cc\u200c\u062e", "Dinas Kominfo\u0301", "Dinas \ue000"])
def test_a_text_that_nobody_touched_is_no_answer_however_it_is_written(name, tmp_path):
    data = copy_of_tiny(tmp_path)
    file = data / "agencies.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("Dinas Kominfo", name), encoding="utf-8")
    pack = pack_of(data)
    assert pack.rows["agencies"]["kominfo"].name == name
    path = fill_in(form(tmp_path / "form", "kominfo", data), {})
    answer = read_answer(path, open_form(path), pack.region.name, pack.rows, WORDS, DAY)
    assert (answer.notes, answer.rows) == ([], [])


def test_of_three_forms_none_is_taken_over_while_one_contradicts(tmp_path):
    answers = []
    for n, users in enumerate((31, 37, 37)):
        path = fill_in(form(tmp_path / str(n)), {("agencies", "kominfo", "users"): users})
        path = path.rename(path.with_name(f"formulir-kominfo-{n}.xlsx"))
        answers.append(read_answer(path, open_form(path), PACK.region.name, PACK.rows, WORDS, DAY))
    assert find_changes(answers, PACK.rows) == []
    assert [[note.values["file"] for note in answer.notes] for answer in answers] == [
        ["formulir-kominfo-1.xlsx"], ["formulir-kominfo-0.xlsx"], ["formulir-kominfo-0.xlsx"],
    ]  # fmt: skip


def test_ten_times_and_a_tenth_are_far_off():
    def far(old, new):
        return Change("agencies", "a", "users", old, new, "", "").far_off

    assert [far("20", "200"), far("20", "199"), far("20", "2"), far("20", "3"), far("0", "9"), far("a", "b"), far("20", "")] == [
        True, False, True, False, False, False, False,
    ]  # fmt: skip
