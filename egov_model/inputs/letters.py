"""Which letters a text may hold: it stays in one line, steers no screen, and turns nothing that stands around it."""

from __future__ import annotations

import re

_LINE_END = re.compile("[\t\n\v\f\r\x85\u2028\u2029]")
# Without width, or turning the direction of what follows (U+200E, U+202E ...): they come along when text is pasted, and no name needs them.
# The two joiners (U+200C, U+200D) stay: Arabic script and Jawi are written with them.
_UNSEEN = re.compile("[\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]")
# Control characters that end no line, halves of characters, and code points that are none; XML, YAML and JSON differ in what they make of
# them.
_LAST_OF_PLANES = "".join(chr(plane << 16 | n) for plane in range(17) for n in (0xFFFE, 0xFFFF))
_NO_LETTER = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef{_LAST_OF_PLANES}]")


def one_line(text: str) -> str:
    """The text in one line, without letters nobody sees; raises `ValueError`, saying what is allowed, for one that is no letter."""
    if text.isascii() and text.isprintable():
        return text
    if found := _NO_LETTER.search(text):
        raise ValueError(f"text without control characters; take out letter {found.start() + 1}, U+{ord(found[0]):04X}")
    lines = (line.strip() for line in _LINE_END.split(text))
    return _UNSEEN.sub("", " ".join(filter(None, lines))).strip()


def printable(text: str) -> str:
    """The text as a screen may show it, in one line: what would steer it is a question mark."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else " " if letter.isspace() else "?" for letter in text)
