"""Every figure of a page gets a cell of the file beside it: `data-cell` on the page, value and way of printing in the file."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field

BLOCKS = "caption|p|li|h[1-6]|figcaption|summary|dd|dt"
TOKEN = re.compile(
    rf'<data value="(?P<value>[^"]*)" data-as="(?P<how>[^"]*)" data-name="(?P<name>[^"]*)">(?P<shown>[^<]*)</data>'
    rf"|<(?P<close>/?)(?P<tag>table|tr|th|td|{BLOCKS})\b[^>]*>"
)
TAG, DATA = re.compile(r"<[^>]*>"), re.compile(r"</?data\b[^>]*>")
WHOLE = re.compile(r'<td([^>]*)><data value="[^"]*" data-cell="([^"]*)">([^<]*)</data></td>')


@dataclass
class Cells:
    """What the file beside a page holds: figures by cell, and what tables and sentences they stand in."""

    figures: dict[str, dict[str, object]] = field(default_factory=dict)
    tables: dict[str, dict[str, object]] = field(default_factory=dict)
    sentences: dict[str, str] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """The file. Cell `t3/12/2`: table 3, row 12 below its head, column 2, both from 0; `s5/total`: a place of sentence 5."""
        head = json.dumps({"language": language, "sentences": self.sentences, "tables": self.tables}, ensure_ascii=False, indent=1)
        rows = ",\n".join(f"{json.dumps(cell)}: {json.dumps(figure, ensure_ascii=False)}" for cell, figure in self.figures.items())
        return f'{head.removesuffix("}").rstrip()},\n "figures": {{\n{rows}\n}}\n}}\n'


def figure_cells(body: str) -> tuple[str, Cells]:
    """The body of a page with a cell named at each of its figures, and the cells."""
    reader = _Reader(body)
    changed = reader.read()
    return WHOLE.sub(r'<td\1 data-cell="\2">\3</td>', changed), reader.found


class _Reader:
    """One pass over the tags that tell where a figure stands."""

    def __init__(self, body: str):
        self.body, self.found = body, Cells()
        self.table, self.row, self.column = "", -1, -1
        self.tables = self.sentences = 0
        self.block = self.cell = ""  # the sentence and the table cell being read
        self.begun = self.head_begun = 0

    def read(self) -> str:
        parts, last = [], 0
        for token in TOKEN.finditer(self.body):
            if token["tag"]:
                (self.leave if token["close"] else self.enter)(token)
                continue
            parts += [self.body[last : token.start()], self.figure(token)]
            last = token.end()
        return "".join([*parts, self.body[last:]])

    def enter(self, token: re.Match[str]) -> None:
        tag = token["tag"]
        if tag == "table":
            self.tables += 1
            self.table, self.row = f"t{self.tables}", -1
            self.found.tables[self.table] = {"caption": "", "columns": [], "rows": []}
        elif tag == "tr":
            self.row, self.column = self.row + 1, -1
        elif tag in ("th", "td"):
            self.column += 1
            self.head_begun = token.end()
        else:
            self.sentences += 1
            self.block, self.begun = f"s{self.sentences}", token.end()

    def leave(self, token: re.Match[str]) -> None:
        tag = token["tag"]
        if tag == "table":
            self.table = ""
        elif tag == "th" and self.table:
            told = self.found.tables[self.table]
            told["columns" if self.row == 0 else "rows"].append(said(self.body[self.head_begun : token.start()]))
        elif tag not in ("tr", "th", "td"):
            text = said(self.body[self.begun : token.start()])
            if tag == "caption":
                self.found.tables[self.table]["caption"] = text
            if any(cell.startswith(f"{self.block}/") for cell in list(self.found.figures)[-20:]):
                self.found.sentences[self.block] = text
            self.block = ""

    def figure(self, token: re.Match[str]) -> str:
        """The printed figure under the name of its cell."""
        place, number = self.block or f"{self.table}/{self.row - 1}/{self.column}", 1
        cell = f"{place}/{token['name'] or number}" if self.block else place
        while cell in self.found.figures:
            number += 1
            cell = f"{place}/{token['name']}{number}"
        self.found.figures[cell] = {"value": number_of(token["value"]), "as": token["how"]}
        return f'<data value="{token["value"]}" data-cell="{cell}">{token["shown"]}</data>'


def said(piece: str) -> str:
    """What a piece of a page says."""
    return " ".join(html.unescape(TAG.sub(" ", DATA.sub("", piece))).split())


def number_of(value: str) -> object:
    """A value as JSON has it: a number, or the text of a date."""
    return int(value) if re.fullmatch(r"-?\d+", value) else float(value) if re.fullmatch(r"-?[\d.]+(e[+-]?\d+)?", value) else value
