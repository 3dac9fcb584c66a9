"""Whether a report is up to date: what it was built from, what it would be built from now, and what the manifest remembers."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
import platform
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from egov_model.inputs.place import ROOT
from egov_model.report.beside import FIGURES_FILES, OVER_ALL_FILES, files_in
from egov_model.report.commits import DIRTY, committed, history
from egov_model.report.page import Link, words, write_whole
from egov_model.report.uses import PACKAGE, package_files, used_files

MANIFEST, FORMAT = "manifest.json", 3
FIGURES = "angka"  # stands for the files of figures beside the reports of a scenario, or beside what is over all scenarios
FILES = "berkas"  # stands for the files of a language beside the reports of a scenario
SHEETS = "opd"  # folder of a scenario's sheets, one per agency; also where the index lists them

# What the parts of a report's key stand for, in the order in which they are named as the reason to build.
WHY = {
    "inputs": "inputs changed",
    "notebook": "notebook changed",
    "page": "links changed",
    "code": "code or template changed",
    "version": "the commit of its code changed",
    "environment": "Python, library or lock file changed",
}
COMMITTED = "its code has been committed since"  # in place of the one above, where that is all


@dataclass(frozen=True)
class Job:
    """One report to be: a scenario read by a notebook in a language; `key` is the hash of all inputs the caller read for it.

    With an `agency` it is that agency's sheet. Without a notebook it is the files beside the reports of the scenario, or of all of them:
    those of a language, or without a language those that are the same in all.
    `facts`: what the manifest shall say of it besides.
    """

    scenario: str  # "" for a report over all scenarios
    notebook: Path | None
    language: str
    data: Path
    key: str
    title: str  # short: what the links between reports say
    facts: tuple[tuple[str, object], ...] = ()
    agency: str = ""

    @property
    def name(self) -> str:
        """Path of the report below `reports/`, without `.html`; one over all scenarios has the notebook's name without its number."""
        stem = self.notebook.stem if self.notebook else FILES if self.language else FIGURES
        if self.agency:
            stem = f"{SHEETS}/{self.agency}"
        elif self.notebook and not self.scenario:
            stem = stem.partition("-")[2]
        return "/".join(filter(None, (self.scenario, stem + (f".{self.language}" if self.language not in ("", "id") else ""))))

    @property
    def files(self) -> tuple[str, ...]:
        """What it is made of, below `reports/`: a page and its figures, or what stands beside the reports of a scenario or of all."""
        if self.notebook:
            return f"{self.name}.html", figures_of(self.name)
        beside = files_in(self.language) if self.language else FIGURES_FILES
        return tuple(f"{self.scenario}/{name}" for name in beside) if self.scenario else OVER_ALL_FILES


@dataclass(frozen=True)
class Record:
    """What the manifest knows of one report: the key it was last built from, in parts, and how that went."""

    parts: Mapping[str, str]
    status: str  # "ok" or "failed"
    reason: str = ""
    files: Mapping[str, str] = field(default_factory=dict)  # hash of each as it was last built
    facts: Mapping[str, object] = field(default_factory=dict)  # what it was built from, in words that can be looked up


def index_file(language: str) -> str:
    """Name of the index page of a language."""
    return "index.html" if language == "id" else f"index.{language}.html"


def links(job: Job, jobs_list: Sequence[Job]) -> tuple[Link, ...]:
    """The row of links at the top of a report: the index, every report of the same scenario and language, those over all scenarios.

    A sheet stands last, after a link to where the index lists all sheets; other reports of its scenario name that list.
    """
    if job.notebook is None:
        return ()
    up, beside = "../" * job.name.count("/"), "../" * bool(job.agency)
    language, index = job.language, f"{up}{index_file(job.language)}"
    mine = [o for o in jobs_list if o.notebook and not o.agency and o.language == language and o.scenario in (job.scenario, "")]
    mine.sort(key=lambda other: not other.scenario)
    row = [(other.title, (beside if other.scenario else up) + file_of(Path(), other.name).name, other.name == job.name) for other in mine]
    sheets = any(other.agency and other.scenario == job.scenario for other in jobs_list)
    row += [(words(language)["sheets"], f"{index}#{SHEETS}", False)] if sheets else []
    row += [(job.title, file_of(Path(), job.name).name, True)] if job.agency else []
    return ((words(language)["all"], index, False), *row)


def stale(job: Job, key: Mapping[str, str], records: Mapping[str, Record], out: Path, force: bool = False) -> str:
    """Why a report has to be built, in words; empty when it is up to date."""
    record = records.get(job.name)
    if force:
        return "forced"
    if record is None:
        return "not built yet"
    if record.status != "ok":
        return "failed last time"
    found = hashes_of(out, job.files)
    if len(found) < len(job.files):
        return "its file is gone"
    if found != record.files:  # edited by hand, or a build was cut off between the file and the manifest
        return "its file is not the one that was built"
    return ", ".join(changes(record.parts, key))


def changes(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """In words what of a key differs; of the commit nothing where the code itself does."""
    found = [part for part in WHY if before.get(part) != now[part]]
    told = dict(WHY)
    if before.get("version", "").endswith(DIRTY) and now["version"] and not now["version"].endswith(DIRTY):
        told["version"] = COMMITTED
    return [told[part] for part in found if part != "version" or not {"code", "notebook"} & set(found)]


def parts(jobs_list: Sequence[Job], root: Path = ROOT) -> dict[str, dict[str, str]]:
    """For each report the hashes that decide whether it is up to date, by name."""
    package, libraries, known = package_files(root), environment(root), history(root)
    cells = {path: notebook_cells(path) for path in {job.notebook for job in jobs_list}}
    named = {path: _below(path, root) for path in cells if path}
    opened = {name for path, name in named.items() if name in known.changed and cells_in(committed(root, name)) == cells[path]}
    known = replace(known, changed=known.changed - opened)  # a notebook that was only run or looked at

    @functools.cache
    def code(notebook: Path | None, language: str) -> dict[str, str]:
        text = None if notebook is None else "\n".join(source for *_, source in cells[notebook] or ())
        used = used_files(package, text, language)
        files = {*(f"{PACKAGE}/{name}" for name in used), *([named[notebook]] if notebook else [])}
        return {"code": code_hash({name: package[name] for name in used}), "version": known.version(files)}

    return {
        job.name: {
            "environment": libraries,
            **code(job.notebook, job.language),
            "inputs": digest(job.key),
            "notebook": notebook_hash(job.notebook) if job.notebook else "",
            "page": digest(json.dumps(links(job, jobs_list))),
        }
        for job in jobs_list
    }


def code_hash(files: Mapping[str, bytes]) -> str:
    """Hash of files by their path."""
    made = hashlib.sha256()
    for name in sorted(files):
        made.update(f"{name}\0{digest(files[name])}\0".encode())
    return made.hexdigest()[:16]


def environment(root: Path = ROOT) -> str:
    """Hash of the Python, the lock file and the libraries under a project folder."""
    lock = root / "requirements.lock"
    python = ".".join(platform.python_version_tuple()[:2])
    return digest("\n".join([python, sys.implementation.name, digest(lock.read_bytes()) if lock.exists() else "", *versions(root)]))


def versions(root: Path = ROOT) -> list[str]:
    """Name and installed version of every library the project asks for."""
    project = root / "pyproject.toml"
    wanted = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["dependencies"] if project.exists() else []
    names = [match[0] for text in wanted if (match := re.match(r"[A-Za-z0-9._-]+", text))]
    found = []
    for name in sorted(names, key=str.lower):
        try:
            found.append(f"{name}=={importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            found.append(f"{name} is not installed")
    return found


def notebook_hash(path: Path) -> str:
    """Hash of what a notebook says: kinds, tags and sources of its cells; not of outputs or of how it was last opened."""
    cells = notebook_cells(path)
    if cells is not None:
        return digest(json.dumps(cells))
    return digest(path.read_bytes()) if path.is_file() else ""  # not a notebook: rendering it says so


def notebook_cells(path: Path | None) -> list[tuple[str, list[str], str]] | None:
    """Kind, tags and source of each cell, or None for a file that is no notebook."""
    try:
        return cells_in(path.read_bytes()) if path else []
    except OSError:
        return None


def cells_in(content: bytes) -> list[tuple[str, list[str], str]] | None:
    """The same of what a file holds."""
    try:
        return [(c["cell_type"], c.get("metadata", {}).get("tags", []), "".join(c["source"])) for c in json.loads(content)["cells"]]
    except (ValueError, KeyError, TypeError):
        return None


def _below(path: Path, root: Path) -> str:
    """A file's path below the project folder; its whole path, which git does not know, when it is not there."""
    path, root = path.resolve(), root.resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def hashes_of(out: Path, files: Iterable[str]) -> dict[str, str]:
    """Hash of each of the files that is there."""
    return {name: digest((out / name).read_bytes()) for name in files if (out / name).is_file()}


def digest(content: str | bytes) -> str:
    """Short hash of a text."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()[:16]


def figures_of(name: str) -> str:
    """The file of the figures that a report prints, below `reports/`; beside it other files of the plan end in `.json` alone."""
    return f"{name}.angka.json"


def file_of(out: Path, name: str) -> Path:
    """Where the report of this name is."""
    return out / f"{name}.html"


def read_manifest(out: Path) -> dict[str, Record]:
    """What is known of each report by name; nothing when there is no manifest or it cannot be understood (then all is built anew)."""
    try:
        known = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        if known["format"] != FORMAT:
            return {}
        return {
            name: Record(entry["key"], entry["status"], entry["reason"], entry["files"], entry["built_from"])
            for name, entry in known["reports"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def write_manifest(out: Path, records: Mapping[str, Record], settled: Mapping[str, str] | None = None) -> None:
    """Write what is known of each report; the same state gives the same bytes. settled: see `report.settled`; none while building."""
    known = {
        name: {"key": dict(r.parts), "status": r.status, "reason": r.reason, "files": dict(r.files), "built_from": dict(r.facts)}
        for name, r in records.items()
    }
    content = {"format": FORMAT, "reports": known, "settled": dict(settled or {})}
    write_whole(out / MANIFEST, json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
