"""Figures that know their value while they pass through sentences: an invisible mark before a printed text says what it was made of."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

# Zero-width characters of Unicode (U+2062 to U+2064, variation selectors) that no text of a plan needs and that take no room in a drawing.
BEGIN, FILLED, END = "\N{INVISIBLE SEPARATOR}", "\N{INVISIBLE TIMES}", "\N{INVISIBLE PLUS}"
NIBBLES = [chr(0xFE00 + n) for n in range(16)]
MARKED = re.compile(f"{BEGIN}([{NIBBLES[0]}-{NIBBLES[-1]}]+){FILLED}(.*?){END}", re.DOTALL)
INVISIBLE = re.compile(f"[{BEGIN}{FILLED}{END}{NIBBLES[0]}-{NIBBLES[-1]}]")
DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # turn the text around them; no name needs them
LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")  # Arabic script and others
ALONE = "alone"  # how a name is printed that is written leftward: it must not move what stands beside it
OURS = re.compile(r"[\w/.+-]+( [\w/.+-]*){2}", re.ASCII)  # what a mark of ours may hide
LETTERS = {letter: NIBBLES[ord(letter) >> 4] + NIBBLES[ord(letter) & 15] for letter in map(chr, range(32, 127))}


def mark(how: str, value: str, shown: str, name: str = "") -> str:
    """A printed figure with its value before it. how: the way it was printed; name: the place of a sentence it fills."""
    return f"{BEGIN}{_hidden(f'{how} {value} {name}')}{FILLED}{shown}{END}"


def named(name: str, text: str) -> str:
    """A text that is one marked figure and nothing else gets a name; one that is written leftward is marked; others stay as they are."""
    found = MARKED.fullmatch(text)
    if found and BEGIN not in found[2]:
        return mark(*_read(found[1])[:2], found[2], name)
    return mark(ALONE, "", text) if BEGIN not in text and LEFTWARD.search(text) else text


def plain(text: str) -> str:
    """The text without marks, and without characters that would turn its direction."""
    return DIRECTION.sub("", INVISIBLE.sub("", text))


def filled(text: str, made: Callable[[str, str, str, str], str]) -> str:
    """The text with every mark made into something else: `made(how, value, name, shown)`; what is no whole mark is taken away."""
    if BEGIN not in text:
        return DIRECTION.sub("", text)
    parts, last = [], 0
    for found in MARKED.finditer(text):
        parts += [plain(text[last : found.start()]), made(*_read(found[1]), plain(found[2]))]
        last = found.end()
    return "".join([*parts, plain(text[last:])])


@lru_cache(1 << 14)
def _hidden(text: str) -> str:
    return "".join(LETTERS[letter] for letter in text)


@lru_cache(1 << 14)
def _read(hidden: str) -> tuple[str, str, str]:
    """How, value and name; empty texts where there are none, as in a mark that is not ours."""
    letters = "".join(chr((ord(a) - 0xFE00 << 4) + ord(b) - 0xFE00) for a, b in zip(hidden[::2], hidden[1::2], strict=False))
    how, value, name = (letters.split(" ") + ["", "", ""])[:3] if OURS.fullmatch(letters) else ("", "", "")
    return how, value, name
