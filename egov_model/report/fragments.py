"""Pieces of a page as HTML: every text is escaped here, and nothing is computed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from egov_model.report.marks import ALONE, LEFTWARD, MARKED, filled, plain

NEWLINE = "\n"
VIEW_BOX = re.compile(r'viewBox="\S+ \S+ (\S+) (\S+)"')
BROAD, BROADEST = 7, 10  # columns from which a table is set smaller: name, five years and their sum; and smaller also across a page
TALL = 0.65  # height to width from which a figure is a tall one
LONG_WORD, PIECE = 40, 25  # letters that a word may have before it may be broken, and those of its pieces
JOINTS = frozenset("/-_.?=") | {"&amp;"}  # behind which an address is broken rather than within a word
_LETTER = re.compile(r"&#?\w+;|[^&]")
_LONG = re.compile(rf"[^\s<>]{{{LONG_WORD + 1},}}")  # most texts have none: looked for first
_WORDS = re.compile(r"<[^>]*>|(?:&#?\w+;|[^\s<>&])+")


class Html(Markup):
    """A finished piece of a page; a notebook shows it by naming it. A marked figure of a text put into it becomes a `data` element,
    what is written leftward stands in a `bdi` element, so that it moves nothing beside it, and a very long word may be broken."""

    @classmethod
    def escape(cls, s: object, /) -> Html:
        text = str(super().escape(s))
        made = filled(text, _data)
        if hasattr(s, "__html__"):
            return cls(made)
        if len(made) > LONG_WORD and _LONG.search(made):
            made = _WORDS.sub(_breakable, made)
        bare = LEFTWARD.search(text) and LEFTWARD.search(MARKED.sub("", text))
        return cls(f"<bdi>{made}</bdi>" if bare else made)

    @classmethod
    def attribute(cls, text: str) -> Html:
        """A text as the value of an attribute, where no element can stand."""
        return cls(super().escape(plain(text)))

    def _repr_html_(self) -> str:
        return str(self)


def _breakable(found: re.Match[str]) -> str:
    """A word with places where it may be broken, when it is very long; an element's tag as it is."""
    word = found[0]
    if len(word) <= LONG_WORD or word[0] == "<" or len(letters := _LETTER.findall(word)) <= LONG_WORD:
        return word
    pieces, at = [], 0
    while at < len(letters):
        whole = at + PIECE >= len(letters)
        joint = 0 if whole else next((n for n in range(at + PIECE, at + PIECE // 2, -1) if letters[n - 1] in JOINTS), 0)
        end = joint or at + PIECE
        pieces.append("".join(letters[at:end]))
        at = end
    return "<wbr>".join(pieces)


def _data(how: str, value: str, name: str, shown: str) -> str:
    if how in ("", ALONE):
        return f"<bdi>{shown}</bdi>"
    return f'<data value="{value}" data-as="{how}" data-name="{name}">{shown}</data>'


@dataclass(frozen=True)
class Table:
    """A finished table: texts only. The first column heads the row; `numeric` columns stand right; `totals` rows are set off;
    `groups` gives, by the number of its first row, the text over a group of rows."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    totals: frozenset[int] = frozenset()
    cards: bool = False  # becomes a list of cards on a phone
    groups: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Figure:
    """A drawing with the finding it shows, a text for those who cannot see it, and the numbers behind it."""

    finding: str
    svg: str
    explains: str
    data: Table


@dataclass(frozen=True)
class Asked:
    """What is asked: `label` over the `amount` in figures, then in `words`, and what there is to say of it."""

    label: str
    amount: str
    words: str
    told: str


@dataclass(frozen=True)
class Named:
    """A name and what there is to say of it."""

    name: str
    told: str


def join(parts: Sequence[Markup | str]) -> Html:
    """Pieces one after the other."""
    return Html("\n").join(parts) if parts else Html("")


def heading(text: str, level: int = 2) -> Html:
    return Html(f"<h{level}>{{}}</h{level}>").format(text)


def paragraph(text: str, kind: str = "") -> Html:
    return Html('<p class="{}">{}</p>').format(kind, text) if kind else Html("<p>{}</p>").format(text)


def bullet_list(items: Sequence[str]) -> Html:
    return Html("<ul>{}</ul>").format(join([Html("<li>{}</li>").format(i) for i in items]))


def page_header(region: str, plan_name: str, title: str, meta: str) -> Html:
    plan_name = f"{region}\N{NO-BREAK SPACE}\N{MIDDLE DOT} {plan_name}"
    return Html('<header class="page"><p>{}</p>\n<h1>{}</h1>\n<p class="meta">{}</p></header>').format(plan_name, title, meta)


def page_footer(text: str) -> Html:
    return Html('<footer class="page"><p>{}</p></footer>').format(text)


def decision(ask: Asked, boxes: Sequence[tuple[str, str, str]], risks: tuple[str, Sequence[Named]], more: Sequence[Named]) -> Html:
    """What a reader has to see first, in one piece: the ask, the facts, the risks under their heading, and short paragraphs."""
    asked = Html('<div class="ask"><h2>{}</h2>\n<p><strong>{}</strong> <i>({})</i></p>\n<p>{}</p></div>').format(
        ask.label, ask.amount, ask.words, ask.told
    )
    listed = [Html("<li><b>{}</b> {}</li>").format(each.name, each.told) for each in risks[1]]
    ranked = Html('<div class="risks"><h2>{}</h2>\n<ol>{}</ol></div>').format(risks[0], join(listed)) if listed else Html("")
    rest = [Html('<div class="short"><h2>{}</h2>\n<p>{}</p></div>').format(each.name, each.told) for each in more]
    return Html('<section class="decision">{}</section>').format(join([asked, facts(boxes), ranked, *rest]))


def facts(items: Sequence[tuple[str, str, str]]) -> Html:
    """(label, value, note) boxes."""
    made = [Html("<li><span>{}</span><b>{}</b><em>{}</em></li>").format(*item) for item in items]
    return Html('<ul class="facts">{}</ul>').format(join(made))


def table(view: Table) -> Html:
    """A table with caption and scopes; numbers right; cards on a phone when asked for, else a box that scrolls by itself."""
    head = join([_cell("th", text, n in view.numeric, scope="col") for n, text in enumerate(view.columns)])
    body = []
    over = dict(view.groups)
    for number, row in enumerate(view.rows):
        if number in over:
            begin = Html("</tbody>\n<tbody>") if number else Html("")
            heading_cell = Html('<th scope="rowgroup" colspan="{}"><span>{}</span></th>').format(len(view.columns), over[number])
            body.append(Html('{}<tr class="group">{}</tr>').format(begin, heading_cell))
        cells = [_cell("th", row[0], False, scope="row")]
        cells += [_cell("td", text, n in view.numeric, label=view.columns[n] if view.cards else "") for n, text in enumerate(row) if n]
        kind = Html(' class="total"') if number in view.totals else Html("")
        body.append(Html(f"<tr{kind}>{NEWLINE.join(cells)}</tr>"))
    kinds = " ".join(["cards"] * view.cards + ["broad"] * (len(view.columns) >= BROAD) + ["broadest"] * (len(view.columns) >= BROADEST))
    made = Html("<table{}><caption>{}</caption><thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody></table>").format(
        Html(' class="{}"').format(kinds) if kinds else Html(""), view.caption, head, join(body)
    )
    if view.cards:
        return made
    return Html('<div class="scroll" tabindex="0" role="group" aria-label="{}">{}</div>').format(Html.attribute(view.caption), made)


def _cell(tag: str, text: str, numeric: bool, scope: str = "", label: str = "") -> Html:
    scoped, right = f' scope="{scope}"' if scope else "", ' class="n"' if numeric else ""
    labelled = f' data-label="{Html.attribute(label)}"' if label else ""
    return Html(f"<{tag}{scoped}{right}{labelled}>{Html.escape(text)}</{tag}>")  # by hand: a report has tens of thousands


def details(summary: str, inside: Markup) -> Html:
    return Html('<details class="data"><summary>{}</summary>{}</details>').format(summary, inside)


def figure(view: Figure, summary: str) -> Html:
    """A figure under its finding, with its numbers one tap away; a tall one is printed smaller, so that two fit on a page of paper."""
    size = VIEW_BOX.search(view.svg)
    tall = Html(' class="tall"') if size and float(size[2]) > TALL * float(size[1]) else Html("")
    return Html("<figure{}><figcaption>{}</figcaption>\n{}\n<p>{}</p>\n{}</figure>").format(
        tall, view.finding, Html(view.svg), view.explains, details(summary, table(view.data))
    )


def sources(items: Sequence[tuple[str, str]]) -> Html:
    """(term, what it says) pairs."""
    return Html('<dl class="sources">{}</dl>').format(join([Html("<dt>{}</dt><dd>{}</dd>").format(*item) for item in items]))
