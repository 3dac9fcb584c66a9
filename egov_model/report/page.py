"""The frame every page of `reports/` shares: style, policy, navigation, words; and the write that never leaves half a file."""

from __future__ import annotations

import base64
import contextlib
import errno
import functools
import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from egov_model.inputs.errors import EgovModelError, InputError, did_you_mean, listed

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATE = Path(__file__).with_name("template")
FOOT_MOST = 90  # characters of a text in the footer in print

# Nothing may be loaded, and nothing run or styled but our own texts, named by their hashes: no style or on... attribute works.
POLICY = "default-src 'none'; style-src '{style}'; script-src {script}; img-src data:; base-uri 'none'; form-action 'none'"

# The few words that belong to the frame and not to any page's content.
WORDS: dict[str, dict[str, str]] = {
    "id": {
        "skip": "Langsung ke isi",
        "contents": "Isi halaman",
        "reports": "Laporan skenario ini",
        "all": "Semua laporan",
        "sheets": "Lembar OPD",
        "previous": "Sebelumnya",
        "next": "Berikutnya",
        "table": "Tabel",
        "page": "Halaman",
        "scenario": "skenario",
        "data": "data",
        "code": "kode",
        "code_hash": "hash kode",
        "dirty": "diubah, belum di-commit",
        "shallow": "atau commit sebelumnya",
        "lock": "pustaka",
        "seed": "benih",
        "draws": "percobaan",
        "issued": "diterbitkan",
    },
    "en": {
        "skip": "Skip to content",
        "contents": "On this page",
        "reports": "Reports of this scenario",
        "all": "All reports",
        "sheets": "Agency sheets",
        "previous": "Previous",
        "next": "Next",
        "table": "Table",
        "page": "Page",
        "scenario": "scenario",
        "data": "data",
        "code": "code",
        "code_hash": "hash of the code",
        "dirty": "changed, not committed",
        "shallow": "or an earlier commit",
        "lock": "libraries",
        "seed": "seed",
        "draws": "draws",
        "issued": "issued",
    },
}

Link = tuple[str, str, bool]  # label, address, whether it is the page itself


def words(language: str) -> Mapping[str, str]:
    """The frame's words in a language; `InputError` for one we do not have."""
    if language not in WORDS:
        raise InputError(f"language {language!r} is not known; known: {listed(WORDS)} {did_you_mean(language, WORDS)}".rstrip())
    return WORDS[language]


def fill(template: str, language: str, *, printed: str, script: str = "", **values: object) -> str:
    """Fill one of our page templates; everything but `Markup` is escaped and a missing value is an error.

    printed: what stands at the foot of every printed page; script: our own JavaScript, placed at the end of the page as the only one the
    browser will run. Raises `ValueError` when the script would end its element.
    """
    from markupsafe import Markup

    if re.search(r"</script|<!--|<script|\r", script, re.IGNORECASE):
        raise ValueError("a page's script holds a text that would end it, or a carriage return; write it another way")
    css = f"{style()}\n@page{{@bottom-left{{content:{css_string(printed)}}}}}"
    policy = POLICY.format(style=hash_source(css), script=f"'{hash_source(script)}'" if script else "'none'")
    frame = {"lang": language, "words": words(language), "policy": policy, "css": Markup(css), "script": Markup(script)}
    return _templates().get_template(template).render(**frame, **values)


def script(*names: str) -> str:
    """Our scripts of these names, one after the other."""
    return "".join((TEMPLATE / name).read_text(encoding="utf-8") for name in names)


def hash_source(text: str) -> str:
    """What a Content-Security-Policy calls an inline text: sha256 of its UTF-8 bytes (W3C CSP Level 3, section 2.3.1)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@functools.cache
def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from egov_model.report.fragments import Html

    made = Environment(
        loader=FileSystemLoader(TEMPLATE, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["shown"] = Html.escape
    return made


@functools.cache
def style() -> object:
    """Our stylesheet, without comments, as a text that needs no escaping."""
    from markupsafe import Markup

    css = re.sub(r"/\*.*?\*/\s*", "", (TEMPLATE / "report.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    return Markup(css.strip())


def css_string(text: str) -> object:
    """A text as a CSS string (for the page footer in print), cut at a word when long."""
    from markupsafe import Markup

    if len(text) > FOOT_MOST:
        text = text[:FOOT_MOST].rsplit(" ", 1)[0] + " …"
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


def write_whole(target: Path, content: str | bytes) -> None:
    """Write a file so that readers see the old content or the new one, never a part; `EgovModelError` when it cannot be written.

    A file that holds the same already is left as it is, with its date.
    """
    content = content.encode() if isinstance(content, str) else content
    with contextlib.suppress(OSError):
        if target.read_bytes() == content:
            return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(target)
    except OSError as error:
        raise EgovModelError(f"cannot write {target.name}: {why_not(error)}") from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
