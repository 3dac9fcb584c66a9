"""Which files of the package a report's content follows from: what its notebook asks for by name, and what those modules import."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

PACKAGE = "egov_model"
CONTENTS = "report/contents.py"  # imports every view, of which a notebook uses those it asks for by name
DOOR = "__init__.py"
PAGE, FIGURES = "report/render.py", "report/exports.py"  # what makes a page of a notebook, and the files beside it
TEMPLATES, WORDS = "report/template/", "report/locale/"

_IMPORT = re.compile(r"^[ \t]*(?:from[ \t]+egov_model([.\w]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n]+)|import[ \t]+egov_model([.\w]+))", re.M)
_QUOTED = re.compile(r"""["']([\w-]+)["']""")
_ENTRY = re.compile(r"""["']([\w-]+)["']:\s*(\w+)\.\w+""")  # "key": module.function
_DOORS = re.compile(r"""["'](\w+)["']:\s*["']egov_model\.([\w.]+)["']""")


def package_files(root: Path) -> dict[str, bytes]:
    """Every file of the package by its path below it, but for what is made of others."""
    package = root / PACKAGE
    found = {}
    for path in sorted(package.rglob("*")):
        inner = path.relative_to(package)
        derived = path.suffix in (".pyc", ".mo") or any(part.startswith((".", "__pycache__")) for part in inner.parts)
        if not derived and path.is_file():
            found[inner.as_posix()] = path.read_bytes()
    return found


def front_door(root: Path) -> dict[str, str]:
    """Names that notebooks can import from the package, and the module of each."""
    return dict(_DOORS.findall((root / PACKAGE / DOOR).read_text(encoding="utf-8")))


def used_files(files: Mapping[str, bytes], notebook: str | None, language: str) -> set[str]:
    """Paths of what a report follows from; `notebook`: the text of its cells, None: the files beside the reports.

    More rather than less: a package that cannot be understood is used as a whole.
    """
    start = FIGURES if notebook is None else PAGE
    if not {start, DOOR, CONTENTS} <= files.keys():
        return set(files)
    texts = {name: content.decode("utf-8", "replace") for name, content in files.items() if name.endswith(".py")}
    doors = {name: _file_of(texts, module) for name, module in _DOORS.findall(texts[DOOR])}
    asked = {doors[name] for name in set(re.findall(r"\w+", notebook or "")) & doors.keys()}
    used = _closure(texts, {start, DOOR, *asked}, notebook or "")
    others = {name for name in files if not name.endswith(".py")}
    words = {name for name in others if name.startswith(WORDS)}
    spoken = {name for name in words if PurePosixPath(name).stem == language}
    templates = {name for name in others if name.startswith(TEMPLATES)}
    return used | (others - words - templates) | spoken | (templates if notebook is not None else set())


def _closure(texts: Mapping[str, str], starts: Iterable[str], notebook: str) -> set[str]:
    """The modules and all they import; of the contents, what the notebook or whoever imports them asks for by name."""
    used: set[str] = set()
    waiting = set(starts)
    while waiting:
        while waiting:
            name = waiting.pop()
            used.add(name)
            if name != CONTENTS:
                waiting |= imported(texts, name) - used
        if CONTENTS in used:
            askers = [text for name, text in texts.items() if name in used and CONTENTS in imported(texts, name)]
            waiting = _shown(texts, set(_QUOTED.findall("\n".join([notebook, *askers])))) - used
    return used


def _shown(texts: Mapping[str, str], asked: set[str]) -> set[str]:
    """Modules of the contents' entries that are asked for, and those it imports for anything else."""
    entries = _ENTRY.findall(texts[CONTENTS])
    named = {module for _, module in entries}
    wanted = {module for key, module in entries if key in asked}
    return {name for name in imported(texts, CONTENTS) if (stem := PurePosixPath(name).stem) in wanted or stem not in named}


def imported(texts: Mapping[str, str], name: str) -> set[str]:
    """Modules of the package that a module imports, wherever in it."""
    found = set()
    for package, names, module in _IMPORT.findall(texts[name]):
        if module:
            found.add(_file_of(texts, module.removeprefix(".")))
            continue
        whole = _file_of(texts, package.removeprefix("."))
        for one in re.findall(r"(\w+)(?:[ \t]+as[ \t]+\w+)?", re.sub(r"#.*", "", names)):
            inner = "/".join([*filter(None, package.split(".")), one]) + ".py"
            found.add(inner if inner in texts else whole)
    return {one for one in found if one in texts}


def _file_of(texts: Mapping[str, str], dotted: str) -> str:
    """`inputs/tables.py` for inputs.tables."""
    path = dotted.replace(".", "/")
    return f"{path}.py" if f"{path}.py" in texts else f"{path}/{DOOR}".removeprefix("/")
