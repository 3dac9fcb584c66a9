"""The frame every page of `reports/` shares: style, policy, navigation, words; and the write that never leaves half a file."""

from __future__ import annotations

import contextlib
import errno
import functools
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from egov_model.inputs.errors import EgovModelError, InputError, did_you_mean, listed

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATE = Path(__file__).with_name("template")

# Nothing may be loaded or run. Inline style stays allowed because figures carry their colours in style attributes.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

# The few words that belong to the frame and not to any page's content.
WORDS: dict[str, dict[str, str]] = {
    "id": {
        "skip": "Langsung ke isi",
        "contents": "Isi halaman",
        "reports": "Laporan skenario ini",
        "all": "Semua laporan",
        "previous": "Sebelumnya",
        "next": "Berikutnya",
        "table": "Tabel",
        "page": "Halaman",
    },
    "en": {
        "skip": "Skip to content",
        "contents": "On this page",
        "reports": "Reports of this scenario",
        "all": "All reports",
        "previous": "Previous",
        "next": "Next",
        "table": "Table",
        "page": "Page",
    },
}

Link = tuple[str, str, bool]  # label, address, whether it is the page itself


def words(language: str) -> Mapping[str, str]:
    """The frame's words in a language; `InputError` for one we do not have."""
    if language not in WORDS:
        raise InputError(f"language {language!r} is not known; known: {listed(WORDS)} {did_you_mean(language, WORDS)}".rstrip())
    return WORDS[language]


def fill(template: str, language: str, **values: object) -> str:
    """Fill one of our page templates; everything but `Markup` is escaped and a missing value is an error."""
    return (
        _templates()
        .get_template(template)
        .render(lang=language, words=words(language), policy=POLICY, style=style(), css_string=css_string, **values)
    )


@functools.cache
def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATE, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@functools.cache
def style() -> object:
    """Our stylesheet, without comments, as a text that needs no escaping."""
    from markupsafe import Markup

    css = re.sub(r"/\*.*?\*/\s*", "", (TEMPLATE / "report.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    return Markup(css.strip())


def css_string(text: str, most: int = 90) -> object:
    """A text as a CSS string (for the page footer in print), cut at a word when long."""
    from markupsafe import Markup

    if len(text) > most:
        text = text[:most].rsplit(" ", 1)[0] + " …"
    return Markup('"' + "".join(c if c.isalnum() or c in " .,:;·–()%…" else f"\\{ord(c):06x}" for c in text) + '"')


def neighbours(links: Sequence[Link]) -> tuple[Link | None, Link | None]:
    """The pages before and after the current one."""
    here = next((i for i, link in enumerate(links) if link[2]), None)
    if here is None:
        return None, None
    return (links[here - 1] if here else None), (links[here + 1] if here + 1 < len(links) else None)


def why_not(error: OSError) -> str:
    """Why a file could not be written, and what to do."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return "the disk is full; what was there is kept (make room, then build again)"
    return f"{error.strerror} (is it open in another program?)"


def write_whole(target: Path, text: str) -> None:
    """Write a file so that readers see the old text or the new one, never a part; `EgovModelError` when it cannot be written.

    A file that says so already is left as it is, with its date.
    """
    with contextlib.suppress(OSError):
        if target.read_bytes() == text.encode():
            return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(target)
    except OSError as error:
        raise EgovModelError(f"cannot write {target.name}: {why_not(error)}") from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
