"""What a built page and the file of figures beside it have to say alike."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from pathlib import Path

from egov_model.report.wording import Say, speak

PRINTED = re.compile(r'<data value="([^"]*)" data-cell="([^"]*)">([^<]*)</data>|<td[^>]* data-cell="(?P<of>[^"]*)">(?P<in>[^<]*)</td>')
DATES = ("day", "short_day", "month", "short_month")


def printed_again(say: Say, figure: dict[str, object]) -> str:
    """What a voice makes of the value of a cell."""
    how, _, decimals = str(figure["as"]).partition("/")
    if how == "whole":
        return str(figure["value"])
    value = date.fromisoformat(figure["value"]) if how in DATES else figure["value"]
    return getattr(say, how)(value, *([int(decimals)] if decimals else []))


def wrong_figures(body: str, told: dict) -> list[str]:
    """Cells whose value is not what the page prints, that only one of page and file has, or that are printed twice."""
    say, seen, wrong = speak(told["language"]), [], []
    for found in PRINTED.finditer(body):
        cell, shown = (found[2], found[3]) if found[2] else (found["of"], found["in"])
        seen.append(cell)
        figure = told["figures"].get(cell)
        again = printed_again(say, figure) if figure else "no such cell"
        if spaced(again) != spaced(html.unescape(shown)):
            wrong.append(f"{cell}: {shown!r} on the page, {again!r} in the file")
    if sorted(seen) != sorted(told["figures"]):
        wrong += sorted(set(seen) ^ set(told["figures"])) or ["a cell is printed twice"]
    return wrong


def spaced(text: str) -> str:
    """With spaces that may break, as a view may hold a figure together on one line."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def wrong_in(page: Path, figures: Path) -> list[str]:
    """The same for a page on disk; a page that prints hardly anything is wrong as well."""
    told = json.loads(figures.read_text(encoding="utf-8"))
    few = [] if len(told["figures"]) > 3 else ["hardly a figure has a cell"]
    return few + wrong_figures(page.read_text(encoding="utf-8"), told)
