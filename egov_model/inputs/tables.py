"""Reading CSV and YAML strictly; the only code that opens an input file.

Everything stays text until a record gives it a type, so `2.20` never becomes 2.2 and `NO` never becomes false.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import ReusedAnchorWarning, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from egov_model.inputs.errors import Problems, did_you_mean, listed

SAVE_AS_UTF8 = {".csv": "in Excel choose Save As, 'CSV UTF-8 (Comma delimited)'", ".yaml": "in Notepad choose Save As, encoding UTF-8"}
KINDS = {"str", "int", "float", "bool", "null", "timestamp", "value"}


class Scalar(str):
    """Text of one YAML value that remembers its line and what YAML itself would have made of it."""

    line: int
    kind: str  # str, int, float, bool, null, timestamp: what an unquoted value stands for in YAML 1.2

    def __new__(cls, text: str, line: int = 0, kind: str = "str") -> Scalar:
        made = super().__new__(cls, text)
        made.line, made.kind = line, kind
        return made


@dataclass(frozen=True)
class Row:
    """One row of a table as text, with the place it came from."""

    file: str
    number: int
    cells: Mapping[str, object]


def read_text(path: Path, shown: str, problems: Problems) -> str | None:
    """The file as UTF-8 text (a byte-order mark is dropped), or None after noting the problem."""
    if not path.is_file():
        near = did_you_mean(path.name, (p.name for p in path.parent.glob("*"))) if path.parent.is_dir() else ""
        problems.add(shown, found="no such file", allowed=f"a readable file at {shown}", advice=near)
        return None
    try:
        raw = path.read_bytes()
    except OSError as error:
        problems.add(shown, found=f"a file that cannot be read ({error.strerror})", allowed="a readable file")
        return None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.add(shown, found="UTF-16 text", allowed="UTF-8 text", advice=SAVE_AS_UTF8.get(path.suffix, ""))
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        found = f"byte 0x{raw[error.start]:02X}, which is not UTF-8 (typical of Windows-1252)"
        problems.add(shown, line, found=found, allowed="UTF-8 text", advice=SAVE_AS_UTF8.get(path.suffix, ""))
        return None
    if "\x00" in text:
        problems.add(shown, found="NUL bytes (UTF-16 or a binary file)", allowed="UTF-8 text")
        return None
    if not text.strip():
        allowed = "a header row and at least one row" if shown.endswith(".csv") else "at least one key"
        problems.add(shown, found="an empty file", allowed=allowed)
        return None
    return text


def read_header(path: Path, shown: str, problems: Problems) -> set[str] | None:
    """Names of a table's columns whatever its separator, or None after noting that it cannot be read."""
    text = read_text(path, shown, problems)
    return None if text is None else {name.strip() for name in text.splitlines()[0].replace(";", ",").split(",")}


def read_csv(path: Path, shown: str, fields: Mapping[str, bool], problems: Problems, may_be_empty: bool = False) -> list[Row]:
    """Rows of a comma-separated table as text.

    `fields` names the allowed columns and whether each must be there. Row numbers count as Excel does (the header is 1).
    """
    text = read_text(path, shown, problems)
    if text is None:
        return []
    reader = csv.reader(io.StringIO(text), strict=True)
    rows: list[Row] = []
    number = 0  # of the last row read, as Excel counts: a cell may hold several lines of text
    try:
        header = [name.strip() for name in next(reader)]
        number = 1
        if len(header) == 1 and ";" in header[0]:
            problems.add(shown, 1, found="columns separated by semicolons", allowed="commas", advice="save with comma as the separator")
            return []
        if not _header_fits(header, fields, shown, problems):
            return []
        for cells in reader:
            number += 1
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                allowed = f"{len(header)} cells, as in the header"
                problems.add(shown, number, found=f"{len(cells)} cells", allowed=allowed, advice="a text with a comma needs quotes")
                continue
            rows.append(Row(shown, number, dict(zip(header, (cell.strip() for cell in cells), strict=True))))
    except csv.Error as error:
        problems.add(shown, number + 1, found=f"text that is not CSV ({error})", allowed="cells in balanced quotes")
    if not rows and not may_be_empty and not any(p.file == shown for p in problems.found):
        problems.add(shown, found="a header without rows", allowed="at least one row")
    return rows


def _header_fits(header: list[str], fields: Mapping[str, bool], shown: str, problems: Problems) -> bool:
    before = len(problems.found)
    for name in header:
        if name not in fields:
            near = did_you_mean(name, fields)
            problems.add(shown, 1, name or "(blank)", found="an unknown column", allowed=listed(fields, 30), advice=near)
        elif header.count(name) > 1:
            problems.add(shown, 1, name, found="the same column twice", allowed="each column once")
    for name, needed in fields.items():
        if needed and name not in header:
            problems.add(shown, 1, name, found="no such column", allowed=f"a column named {name}")
    return len(problems.found) == before


def read_yaml(path: Path, shown: str, problems: Problems) -> dict[str, object]:
    """A YAML 1.2 mapping whose leaves are `Scalar` text; repeated keys, anchors, tags and merges are refused."""
    text = read_text(path, shown, problems)
    if text is None:
        return {}
    try:
        node = _composed(text)
    except (YAMLError, RecursionError, OverflowError, ValueError) as error:  # the last ones: deep nesting, escapes beyond Unicode
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        why = "nested too deeply" if isinstance(error, RecursionError) else getattr(error, "problem", "") or str(error).split("\n")[0]
        problems.add(shown, mark.line + 1 if mark else 0, found=f"text that is not YAML ({why})", allowed="key: value lines")
        return {}
    if not isinstance(node, MappingNode) or not node.value:
        single = isinstance(node, ScalarNode | SequenceNode) and node.value
        problems.add(shown, found="a list or a single value" if single else "no keys", allowed="key: value lines")
        return {}
    return _mapping(node, shown, problems)


@lru_cache(maxsize=32)  # the same calendar and base are read for every scenario; nobody changes what is composed
def _composed(text: str) -> Node | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ReusedAnchorWarning)  # anchors are refused where values are read
        return YAML(typ="rt", pure=True).compose(text)


def _mapping(node: MappingNode, shown: str, problems: Problems) -> dict[str, object]:
    made: dict[str, object] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode) or key_node.value == "<<":
            problems.add(shown, line, found="a key that is not plain text", allowed="a simple key")
            continue
        key = Scalar(key_node.value, line)
        if key in made:
            problems.add(shown, line, key, found="the same key twice", allowed="each key once", advice="keep one of them")
            continue
        made[key] = _value(value_node, shown, problems)
    return made


def _value(node: Node, shown: str, problems: Problems) -> object:
    line = node.start_mark.line + 1
    if node.anchor:
        problems.add(shown, line, found=f"an anchor (&{node.anchor})", allowed="values written out where they are used")
        return Scalar("", line)  # not followed: an anchor may hold itself
    if isinstance(node, MappingNode):
        return _mapping(node, shown, problems)
    if isinstance(node, SequenceNode):
        return [_value(item, shown, problems) for item in node.value]
    kind = str(node.tag).rsplit(":", 1)[-1]
    if kind not in KINDS:
        problems.add(shown, line, found=f"a tag ({node.tag})", allowed="plain text, numbers and dates")
    if any("\ud800" <= letter <= "\udfff" for letter in node.value):
        problems.add(shown, line, found="half a character (a \\u escape from D800 to DFFF)", allowed="whole characters")
        return Scalar("", line)  # it could be neither shown nor saved
    return Scalar(node.value, line, kind)


def read_json(path: Path, shown: str, problems: Problems) -> object | None:
    """What a JSON file holds, or None after noting the problem."""
    text = read_text(path, shown, problems)
    if text is None:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        problems.add(shown, getattr(error, "lineno", 0), found=f"text that is not JSON ({error})", allowed="JSON")
        return None


def data_files(folder: Path) -> Iterator[Path]:
    """Every file of a data pack, in a fixed order."""
    return (p for p in sorted(folder.rglob("*")) if p.is_file() and p.suffix in {".csv", ".yaml", ".json"})


def content_hash(parts: Mapping[str, bytes]) -> str:
    """SHA-256 over named pieces of content, independent of the machine and of line ends."""
    digest = hashlib.sha256()
    for name in sorted(parts):
        body = parts[name].replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(body)}\0".encode())
        digest.update(body)
    return digest.hexdigest()


def file_bytes(path: Path) -> bytes:
    """The raw content of one input file."""
    return path.read_bytes()


def unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes | None:
    """A part of an archive, or None as soon as it grows beyond `most` bytes, whatever size it claims."""
    with archive.open(part) as stream:
        content = stream.read(most + 1)
    return content if len(content) <= most else None
