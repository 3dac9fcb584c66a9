"""Read the body of a report once: its headings, what has to be added to it, and what may not be in it."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
MAY_STAY_OPEN = frozenset({"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup", "caption"})
FORBIDDEN = VOID & {"embed", "base", "link", "meta"} | {
    "script", "style", "iframe", "frame", "object", "form", "applet", "portal", "html", "head", "body", "main",
}  # fmt: skip
LOADING = frozenset({"src", "srcset", "poster", "data", "background", "action", "formaction", "ping", "manifest"})
# elements whose href loads; that of <a> is only followed when a reader clicks
LOADING_LINK = frozenset({"use", "image", "feimage", "pattern", "lineargradient", "radialgradient", "textpath", "mpath"})
WORDS_ONLY = frozenset({"href", "xlink:href", "alt", "title", "aria-label", "data-label", "id"})  # attributes that never hold CSS
CSS_URL = re.compile(r"url\(\s*['\"]?\s*([^'\")\s]*)", re.IGNORECASE)
WIDE, LONG = 8, 40  # columns from which a table is printed across; one less for one of more rows, whose names would need many lines
MARK = re.compile(r"cell (\d+)")


@dataclass
class _Open:
    """An element that is not closed yet."""

    tag: str
    start: int  # where its start tag begins
    inside: int  # where its content begins
    attributes: dict[str, str]

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()


@dataclass(frozen=True)
class Heading:
    """A second-level heading: the id a link needs and its text."""

    id: str
    text: str


@dataclass
class Outline:
    """What was found; `changed` is the body with ids on its headings and boxes around its tables."""

    titles: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    plan: str = ""  # first paragraph of the page's header: whose report this is
    header: str = ""
    decision: str = ""
    changed: str = ""
    footer: str = ""
    problems: list[tuple[int, str]] = field(default_factory=list)  # (index of the cell, what is wrong)


def outline(body: str, table_label: str) -> Outline:
    """Read a body in which comments `<!--cell N-->` say where the output of cell N begins.

    table_label: name of a scrolling box whose table has no caption.
    """
    reader = _Reader(body, table_label)
    reader.feed(body)
    reader.close()
    return reader.finish()


def slug(text: str, taken: set[str]) -> str:
    """An id made of the words of a text, different from all those taken."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-") or "bagian"
    name, n = stem, 1
    while name in taken:
        n += 1
        name = f"{stem}-{n}"
    return name


def css_loads(text: str) -> bool:
    """Whether a piece of CSS (or a presentation attribute of SVG) would fetch anything."""
    return "@import" in text.lower() or any(not url.startswith(("data:", "#")) for url in CSS_URL.findall(text))


class _Reader(HTMLParser):
    """One pass over the text; edits are noted by position, so everything else stays byte for byte as it was written."""

    def __init__(self, body: str, table_label: str):
        super().__init__(convert_charrefs=True)
        self.body, self.table_label, self.found = body, table_label, Outline()
        self.lines = [0, *(found.end() for found in re.finditer("\n", body))]
        self.open: list[_Open] = []
        self.edits: list[tuple[int, int, str]] = []
        self.spans: dict[str, tuple[int, int]] = {}
        self.ids: set[str] = set(re.findall(r"""\bid\s*=\s*["']?([^"'\s>]+)""", body))
        self.text: list[str] | None = None  # what is being said in the heading, caption or plan name being read
        self.caption, self.columns, self.rows = "", 0, 0
        self.cell = -1

    def at(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def problem(self, what: str) -> None:
        self.found.problems.append((self.cell, what))

    def handle_comment(self, data: str) -> None:
        if match := MARK.fullmatch(data):
            self.unwind(0)
            self.cell = int(match[1])
            self.edits.append((self.at(), self.at() + len(data) + len("<!---->"), ""))

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.enter(tag, attrs)
        if tag not in VOID:
            attributes = {name: value or "" for name, value in attrs}
            self.open.append(_Open(tag, self.at(), self.at() + len(self.get_starttag_text() or ""), attributes))
            self.rows += tag == "tr"
            self.columns += tag == "th" and attributes.get("scope") == "col"
            if tag in ("h1", "h2", "caption") or (tag == "p" and not self.found.plan and self.within("header", "page")):
                self.text = []

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.enter(tag, attrs)
        if tag not in VOID and not any(element.tag == "svg" for element in self.open):
            self.problem(f"<{tag}/> does not close itself in HTML; write <{tag}></{tag}>")

    def enter(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Refuse what would load something, run something or break the frame of the page."""
        if tag in FORBIDDEN:
            self.problem(f"<{tag}> has no place in a report")
        for name, value in attrs:
            value = (value or "").strip()
            if name == "style":
                self.problem(f"<{tag} style=...> has no effect under the page's policy; use a class, in a drawing an attribute")
            loads = name in LOADING or (name in ("href", "xlink:href") and tag in LOADING_LINK)
            if name.startswith("on") or value.lower().startswith("javascript:"):
                self.problem(f"<{tag} {name}=...> would run a script")
            elif (loads and not value.startswith(("data:", "#"))) or (name not in WORDS_ONLY and css_loads(value)):
                self.problem(f"<{tag} {name}=...> would load something from outside the file: {value[:80]}")
        if tag == "img" and not any(name == "alt" for name, _ in attrs):
            self.problem("<img> has no alt text")

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        depth = next((i for i in range(len(self.open) - 1, -1, -1) if self.open[i].tag == tag), -1)
        if depth < 0:
            if tag not in VOID and tag != "p":
                self.problem(f"</{tag}> closes nothing")
            return
        self.unwind(depth + 1)
        element = self.open.pop()
        end = self.body.index(">", self.at()) + 1
        if tag in ("h1", "h2", "caption", "p") and self.text is not None:
            said, self.text = " ".join("".join(self.text).split()), None
            self.said(element, said)
        elif tag == "table" and not self.within("table"):
            self.box(element, end)
        elif tag in ("header", "footer") and "page" in element.classes:
            self.spans.setdefault(tag, (element.start, end))
        elif tag == "section" and "decision" in element.classes:
            self.spans.setdefault("decision", (element.start, end))

    def said(self, element: _Open, text: str) -> None:
        if element.tag == "h1":
            self.found.titles.append(text)
        elif element.tag == "caption":
            self.caption = text
        elif element.tag == "p":
            self.found.plan = text
        else:
            name = element.attributes.get("id", "")
            if not name:
                name = slug(text, self.ids)
                self.edits.append((element.start + len("<h2"), element.start + len("<h2"), f' id="{name}"'))
            self.ids.add(name)
            if not self.within("section", "decision"):  # what is seen at once needs no list of contents
                self.found.headings.append(Heading(name, text))

    def box(self, table: _Open, end: int) -> None:
        """See that a table can scroll inside a box of its own, reachable by keyboard and named."""
        name, wide = html.escape(self.caption or self.table_label), " wide" if self.columns + (self.rows > LONG) >= WIDE else ""
        extra = f' tabindex="0" role="group" aria-label="{name}"'
        self.caption, self.columns, self.rows = "", 0, 0
        around = next((element for element in self.open if "scroll" in element.classes), None)
        if around is None:
            self.edits += [(table.start, table.start, f'<div class="scroll{wide}"{extra}>'), (end, end, "</div>")]
            return
        kind = self.body.index("scroll", around.start) + len("scroll")
        self.edits.append((kind, kind, "" if "wide" in around.classes else wide))
        if not around.attributes.keys() & {"tabindex", "role"}:
            self.edits.append((around.inside - 1, around.inside - 1, extra))
        around.attributes |= {"role": "group", "class": "scroll wide"}  # done, should it hold another table

    def within(self, tag: str, kind: str = "") -> bool:
        return any(element.tag == tag and (not kind or kind in element.classes) for element in self.open)

    def unwind(self, depth: int) -> None:
        """Close what is still open from this depth on; only some elements may be left to close themselves."""
        for element in reversed(self.open[depth:]):
            if element.tag not in MAY_STAY_OPEN:
                self.problem(f"<{element.tag}> is not closed")
        del self.open[depth:]

    def finish(self) -> Outline:
        self.unwind(0)
        self.found.header, self.found.decision, self.found.footer = (self.cut(name) for name in ("header", "decision", "footer"))
        self.found.changed = self.edited(0, len(self.body), self.edits)
        return self.found

    def cut(self, name: str) -> str:
        """Take the page's header, decision or footer out of the body and return it, edits applied."""
        if name not in self.spans:
            return ""
        start, end = self.spans[name]
        inner = [edit for edit in self.edits if start < edit[0] < end]  # what is put exactly at its edge belongs to the neighbour
        self.edits = [*(edit for edit in self.edits if edit not in inner), (start, end, "")]
        return self.edited(start, end, inner)

    def edited(self, start: int, end: int, edits: list[tuple[int, int, str]]) -> str:
        pieces, last = [], start
        for first, stop, text in sorted(edits, key=lambda edit: edit[:2]):
            pieces += [self.body[last:first], text]
            last = stop
        return "".join(pieces) + self.body[last:end]
