"""The tables of a finished page, read back from its HTML with the value behind every figure, for programs that calculate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(frozen=True)
class ShownCell:
    """What a cell says and, where it is a figure, its value and the way of printing (see `figure_cells`)."""

    text: str
    value: object = None
    how: str = ""


@dataclass(frozen=True)
class ShownTable:
    """A table of a page: caption, heads, and rows with their kind: "" | total | group (one text over the rows below it)."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[ShownCell, ...]], ...]


def shown_tables(page: str, figures: Mapping[str, Mapping[str, object]]) -> tuple[ShownTable, ...]:
    """Every table of a page in its order; `figures`: value and way of printing by cell, from the file beside the page."""
    reader = _Reader(figures)
    reader.feed(page)
    reader.close()
    return tuple(reader.tables)


@dataclass
class _Table:
    caption: str = ""
    columns: list[str] = field(default_factory=list)
    rows: list[tuple[str, list[ShownCell]]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, figures: Mapping[str, Mapping[str, object]]):
        super().__init__()
        self.figures, self.tables = figures, []
        self.table: _Table | None = None
        self.kind, self.in_head, self.named = "", False, ""
        self.words: list[str] | None = None
        self.part = ""  # cell of a figure within a text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "table":
            self.table = _Table()
        elif self.table is None:
            return
        elif tag in ("thead", "tbody"):
            self.in_head = tag == "thead"
        elif tag == "tr":
            self.kind = told.get("class") or ""
            if not self.in_head:
                self.table.rows.append((self.kind, []))
        elif tag in ("caption", "th", "td"):
            self.words, self.named, self.part = [], told.get("data-cell") or "", ""
        elif tag == "data" and self.words == []:
            self.part = told.get("data-cell") or ""
        elif tag == "br" and self.words is not None:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if self.words is not None:
            self.part = "" if self.words and data.strip() else self.part
            self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self.table is None:
            return
        if tag == "table":
            rows = tuple((kind, tuple(cells)) for kind, cells in self.table.rows)
            self.tables.append(ShownTable(self.table.caption, tuple(self.table.columns), rows))
            self.table = None
        elif tag in ("caption", "th", "td") and self.words is not None:
            text, self.words = " ".join("".join(self.words).split()), None
            figure = self.figures.get(self.named or self.part, {})  # a figure is the whole cell, or it is text
            if tag == "caption":
                self.table.caption = text
            elif self.in_head:
                self.table.columns.append(text)
            else:
                self.table.rows[-1][1].append(ShownCell(text, figure.get("value"), str(figure.get("as", ""))))
