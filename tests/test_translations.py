"""Every sentence the reports can say has a translation that keeps its values."""

from __future__ import annotations

import ast
import functools
import json
from pathlib import Path
from string import Formatter

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
SPEAKERS = {"say", "self", "marked", "section", "text", "note"}  # functions whose first argument is a sentence


@functools.cache
def sentences() -> frozenset[str]:
    """All sentences named in the report room and the notebooks (both forms of plurals)."""
    sources = [p.read_text(encoding="utf-8") for p in (ROOT / "egov_model").rglob("*.py")]
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources += ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    found: set[str] = set()
    for source in sources:
        for node in ast.walk(ast.parse(source)):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            first = node.args[0]
            if name in SPEAKERS | {"plural"} and isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
    return frozenset(found)


@functools.cache
def catalogue() -> dict[str, tuple[str, ...]]:
    with (ROOT / "egov_model/report/locale/id.po").open("rb") as file:
        return {
            (m.id[0] if isinstance(m.id, tuple) else m.id): (m.string if isinstance(m.string, tuple) else (m.string,))
            for m in read_po(file, locale="id")
            if m.id
        }


def values(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_sentence_is_translated():
    translated = catalogue()
    missing = sorted(s for s in sentences() if not all(translated.get(s, ("",))))
    assert not missing, "not in egov_model/report/locale/id.po:\n" + "\n".join(missing)


def test_nothing_is_translated_that_is_never_said():
    assert sorted(set(catalogue()) - sentences()) == []


def test_translations_keep_the_values():
    translated = catalogue()
    assert [(s, t) for s in sorted(sentences()) for t in translated.get(s, ()) if values(t) != values(s)] == []
