"""Strict reading of CSV and YAML: what passes, and what a file that does not pass is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_packs import copy_of_tiny, edit, loaded, said

from egov_model.inputs.errors import Problems
from egov_model.inputs.tables import content_hash, data_files, read_csv, read_yaml

FUNDS = "id,title_id,title_en,unit,source,evidence\n"
DAU = "dau,Dana Alokasi Umum,General allocation fund,dana,uji,assumption\n"
SAVE_AS = "in Excel choose Save As, 'CSV UTF-8 (Comma delimited)'"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return copy_of_tiny(tmp_path)


def write(pack: Path, file: str, content: str | bytes) -> None:
    (pack / file).write_bytes(content.encode() if isinstance(content, str) else content)


# CSV as it comes out of Excel


@pytest.mark.parametrize(
    "content",
    [
        FUNDS + DAU,
        "\ufeff" + FUNDS + DAU,  # byte-order mark, as Excel writes it
        (FUNDS + DAU).replace("\n", "\r\n"),
        FUNDS + "\n" + DAU + ",,,,,\n\n",  # blank rows
        FUNDS.replace(",", " , ") + DAU.replace(",", " , "),
        "title_id,id,title_en\nDana Alokasi Umum,dau,General allocation fund\n",  # other order, pedigree left out
        (FUNDS + DAU).rstrip("\n"),
        FUNDS + DAU.replace("Dana Alokasi Umum", '"Dana\nAlokasi, ""Umum"""'),
    ],
    ids=["plain", "byte-order mark", "CRLF", "blank rows", "spaces", "column order", "no last line end", "quoted cell"],
)
def test_these_spellings_of_a_table_are_read_alike(pack: Path, content: str):
    write(pack, "funds.csv", content)
    assert list(loaded(pack).table("funds")) == ["dau"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "found an empty file; allowed: a header row and at least one row"),
        (b" \n\n", "found an empty file; allowed: a header row and at least one row"),
        (b"\xef\xbb\xbf", "found an empty file; allowed: a header row and at least one row"),
        (FUNDS, "found a header without rows; allowed: at least one row"),
        (FUNDS + ",,,,,\n", "found a header without rows; allowed: at least one row"),
        (
            (FUNDS + DAU).replace(",", ";"),
            "row 1: found columns separated by semicolons; allowed: commas; save with comma as the separator",
        ),
        ((FUNDS + DAU).encode("utf-16"), f"found UTF-16 text; allowed: UTF-8 text; {SAVE_AS}"),
        ((FUNDS + DAU).encode("utf-16-le"), "found NUL bytes (UTF-16 or a binary file); allowed: UTF-8 text"),
        (
            (FUNDS + DAU.replace("Umum", "Général")).encode("cp1252"),
            f"row 2: found byte 0xE9, which is not UTF-8 (typical of Windows-1252); allowed: UTF-8 text; {SAVE_AS}",
        ),
        (
            FUNDS + DAU.replace("Dana", '"Dana'),
            "row 2: found text that is not CSV (unexpected end of data); allowed: cells in balanced quotes",
        ),
        (
            FUNDS + DAU.replace("Dana Alokasi", '"Dana" Alokasi'),
            "row 2: found text that is not CSV (',' expected after '\"'); allowed: cells in balanced quotes",
        ),
        ('"' + FUNDS + DAU, "row 1: found text that is not CSV (unexpected end of data); allowed: cells in balanced quotes"),
        (
            FUNDS + DAU.replace("Dana Alokasi", "Dana, Alokasi"),
            "row 2: found 7 cells; allowed: 6 cells, as in the header; a text with a comma needs quotes",
        ),
        (FUNDS + "dau,Dana\n", "row 2: found 2 cells; allowed: 6 cells, as in the header; a text with a comma needs quotes"),
        (
            FUNDS.replace("title_en", "titel_en") + DAU,
            "row 1, field titel_en: found an unknown column; "
            "allowed: id, title_id, title_en, unit, source, evidence; did you mean 'title_en'?",
        ),
        (
            FUNDS.replace("evidence", "evidence,") + DAU.replace("assumption", "assumption,x"),
            "row 1, field (blank): found an unknown column; allowed: id, title_id, title_en, unit, source, evidence",
        ),
        ("id,title_id,unit\ndau,Dana,dana\n", "row 1, field title_en: found no such column; allowed: a column named title_en"),
        (
            FUNDS.replace("evidence", "title_id,evidence") + DAU.replace("uji", "uji,Dana"),
            "row 1, field title_id: found the same column twice; allowed: each column once",
        ),
    ],
    ids=lambda value: None if not isinstance(value, str) or "found" not in value else value[:40],
)
def test_a_broken_table_is_told_what_was_found_and_what_is_allowed(pack: Path, content: str | bytes, expected: str):
    write(pack, "funds.csv", content)
    assert expected in [line.removeprefix("tiny/funds.csv: ") for line in said(pack)]


def test_only_the_broken_file_is_blamed(pack: Path):
    write(pack, "funds.csv", b"")
    assert said(pack) == ["tiny/funds.csv: found an empty file; allowed: a header row and at least one row"]


def test_a_missing_file_is_named_with_the_nearest_one(pack: Path):
    (pack / "funds.csv").rename(pack / "fund.csv")
    expected = "tiny/funds.csv: found no such file; allowed: a readable file at tiny/funds.csv; did you mean 'fund.csv'?"
    assert said(pack) == [expected]


def test_a_folder_in_place_of_a_file_is_no_file(pack: Path):
    (pack / "funds.csv").unlink()
    (pack / "funds.csv").mkdir()
    assert any("found no such file" in line for line in said(pack))


def test_rows_are_numbered_as_excel_does_even_after_cells_with_several_lines(pack: Path):
    edit(pack, "kinds.csv", "beli,Pengadaan", 'beli,"Peng\n\nadaan"')
    edit(pack, "kinds.csv", "Own work,services", "Own work,service")
    assert said(pack) == [
        "tiny/kinds.csv: row 3, field procurement: found 'service'; allowed: goods | services | consultancy; did you mean 'services'?"
    ]


def test_a_very_long_cell_is_refused_and_not_a_crash(pack: Path):
    edit(pack, "funds.csv", "Dana", "D" * 140_000)
    assert said(pack) == [
        "tiny/funds.csv: row 2: found text that is not CSV (field larger than field limit (131072)); allowed: cells in balanced quotes"
    ]


def test_cells_stay_text(tmp_path: Path):
    (tmp_path / "a.csv").write_bytes(b"a,b\n2.20,NO\n007,\n")
    problems = Problems()
    rows = read_csv(tmp_path / "a.csv", "a.csv", {"a": True, "b": True}, problems)
    assert [dict(r.cells) for r in rows] == [{"a": "2.20", "b": "NO"}, {"a": "007", "b": ""}]
    assert problems.found == []


# YAML


def yaml(tmp_path: Path, text: str | bytes) -> tuple[dict[str, object], list[str]]:
    path = tmp_path / "a.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    problems = Problems()
    return read_yaml(path, "a.yaml", problems), [str(p) for p in problems.found]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("NO", "str"),
        ("1:30", "str"),
        ("on", "str"),
        ("2.10", "float"),
        ("010", "int"),
        ("true", "bool"),
        ("2027-01-02", "timestamp"),
        ("~", "null"),
        ("'2.10'", "str"),
    ],
)
def test_yaml_values_stay_text_and_remember_what_yaml_takes_them_for(tmp_path: Path, text: str, kind: str):
    tree, told = yaml(tmp_path, f"# head\nkey: {text}\n")
    assert told == []
    assert tree == {"key": text.strip("'")}
    assert (tree["key"].kind, tree["key"].line) == (kind, 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "found an empty file; allowed: at least one key"),
        ("# only a comment\n", "found no keys; allowed: key: value lines"),
        ("{}", "found no keys; allowed: key: value lines"),
        ("[]", "found no keys; allowed: key: value lines"),
        ("- a\n- b\n", "found a list or a single value; allowed: key: value lines"),
        ("text", "found a list or a single value; allowed: key: value lines"),
        ("a: 1\nb: 2\na: 3\n", "line 3, field a: found the same key twice; allowed: each key once; keep one of them"),
        ("a:\n  b: 1\n  b: 2\n", "line 3, field b: found the same key twice; allowed: each key once; keep one of them"),
        ("[a]: 1\n", "line 1: found a key that is not plain text; allowed: a simple key"),
        ("a: {<<: {b: 1}}\n", "line 1: found a key that is not plain text; allowed: a simple key"),
        ("a: &x 1\nb: *x\n", "line 1: found an anchor (&x); allowed: values written out where they are used"),
        ("a: &x 1\nb: &x 2\n", "line 2: found an anchor (&x); allowed: values written out where they are used"),
        ("a: &x [*x]\n", "line 1: found an anchor (&x); allowed: values written out where they are used"),
        ("a: !python/name:os.system x\n", "line 1: found a tag (!python/name:os.system); allowed: plain text, numbers and dates"),
        ('a: "\\ud800"\n', "line 1: found half a character (a \\u escape from D800 to DFFF); allowed: whole characters"),
        ("a: 1\nb: [1\n", "line 3: found text that is not YAML (expected ',' or ']', but got '<stream end>'); allowed: key: value lines"),
        (
            "a: 1\n\tb: 2\n",
            "line 2: found text that is not YAML (found character '\\t' that cannot start any token); allowed: key: value lines",
        ),
        ("a: 1\n---\nb: 2\n", "line 2: found text that is not YAML (but found another document); allowed: key: value lines"),
        ("a: " + "[" * 1000, "found text that is not YAML (nested too deeply); allowed: key: value lines"),
        (
            "a: \x01\n",
            "found text that is not YAML (unacceptable character #x0001: special characters are not allowed); allowed: key: value lines",
        ),
        (
            "a: é\n".encode("cp1252"),
            "line 1: found byte 0xE9, which is not UTF-8 (typical of Windows-1252); "
            "allowed: UTF-8 text; in Notepad choose Save As, encoding UTF-8",
        ),
    ],
)
def test_broken_yaml_is_told_where_and_why(tmp_path: Path, text: str | bytes, expected: str):
    tree, told = yaml(tmp_path, text)
    assert expected in told
    assert not tree or "a" in tree  # nothing raised, and what could be read is there


def test_an_escape_beyond_unicode_is_refused(tmp_path: Path):
    tree, told = yaml(tmp_path, 'a: "\\UFFFFFFFF"\n')
    assert tree == {}
    assert told[0].startswith("found text that is not YAML (")


# Content


def test_content_hash_depends_on_names_and_content_but_not_on_line_ends_or_order():
    base = content_hash({"a": b"1\n2\n", "b": b"3"})
    assert content_hash({"b": b"3", "a": b"1\r\n2\r\n"}) == base
    others = [{"a": b"1\n2\n", "c": b"3"}, {"a": b"1\n2\n", "b": b"4"}, {"a": b"1\n2\nb\x001\x003"}, {"a": b"1\n2\n"}]
    assert base not in {content_hash(other) for other in others}


def test_the_files_of_a_pack_come_in_a_fixed_order(pack: Path):
    (pack / "notes.txt").write_text("x", encoding="utf-8")
    names = [p.relative_to(pack).as_posix() for p in data_files(pack)]
    assert "notes.txt" not in names
    assert {"funds.csv", "codes/accounts.csv", "scenarios/baseline.yaml", "calendar.yaml"} <= set(names)
    assert names == [p.relative_to(pack).as_posix() for p in data_files(pack)]
