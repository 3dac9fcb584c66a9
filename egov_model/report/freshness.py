"""Whether a report is up to date: what it was built from, what it would be built from now, and what the manifest remembers."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from egov_model.report.execute import ROOT
from egov_model.report.page import Link, words, write_whole

MANIFEST = "manifest.json"

# What the parts of a report's key stand for, in the order in which they are named as the reason to build.
WHY = {
    "inputs": "inputs changed",
    "notebook": "notebook changed",
    "page": "links changed",
    "code": "code or template changed",
    "environment": "Python, library or lock file changed",
}


@dataclass(frozen=True)
class Job:
    """One report to be: a scenario read by a notebook in a language; `key` is the hash of all inputs the caller read for it."""

    scenario: str  # "" for a report over all scenarios
    notebook: Path
    language: str
    data: Path
    key: str
    title: str  # short: what the links between reports say

    @property
    def name(self) -> str:
        """Path of the report below `reports/`, without `.html`."""
        stem = self.notebook.stem + ("" if self.language == "id" else f".{self.language}")
        return f"{self.scenario}/{stem}" if self.scenario else stem


@dataclass(frozen=True)
class Record:
    """What the manifest knows of one report: the key it was last built from, in parts, and how that went."""

    parts: Mapping[str, str]
    status: str  # "ok" or "failed"
    reason: str = ""
    html: str = ""  # hash of the last good file


def index_file(language: str) -> str:
    """Name of the index page of a language."""
    return "index.html" if language == "id" else f"index.{language}.html"


def links(job: Job, jobs_list: Sequence[Job]) -> tuple[Link, ...]:
    """The row of links at the top of a report: the index, then every report of the same scenario and language."""
    up = "../" if job.scenario else ""
    others = [other for other in jobs_list if (other.scenario, other.language) == (job.scenario, job.language)]
    row = [(other.title, file_of(Path(), other.name).name, other.name == job.name) for other in others]
    return ((words(job.language)["all"], f"{up}{index_file(job.language)}", False), *row)


def stale(job: Job, key: Mapping[str, str], records: Mapping[str, Record], out: Path, force: bool = False) -> str:
    """Why a report has to be built, in words; empty when it is up to date."""
    record = records.get(job.name)
    if force:
        return "forced"
    if record is None:
        return "not built yet"
    if record.status != "ok":
        return "failed last time"
    file = file_of(out, job.name)
    if not file.exists():
        return "its file is gone"
    if digest(file.read_bytes()) != record.html:  # edited by hand, or a build was cut off between the file and the manifest
        return "its file is not the one that was built"
    return ", ".join(text for part, text in WHY.items() if record.parts.get(part) != key[part])


def parts(jobs_list: Sequence[Job], root: Path = ROOT) -> dict[str, dict[str, str]]:
    """For each report the hashes that decide whether it is up to date, by name."""
    common = fingerprint(root)
    notebooks = {path: notebook_hash(path) for path in {job.notebook for job in jobs_list}}
    return {
        job.name: {
            **common,
            "inputs": digest(job.key),
            "notebook": notebooks[job.notebook],
            "page": digest(json.dumps(links(job, jobs_list))),
        }
        for job in jobs_list
    }


def fingerprint(root: Path = ROOT) -> dict[str, str]:
    """Hashes of the package (code, templates, words) and of the environment (lock file, libraries, Python) under a project folder."""
    package, code = root / "egov_model", hashlib.sha256()
    for path in sorted(path for path in package.rglob("*") if path.is_file()):
        inner = path.relative_to(package)
        derived = path.suffix in (".pyc", ".mo") or any(part.startswith((".", "__pycache__")) for part in inner.parts)
        if not derived:
            code.update(f"{inner.as_posix()}\0{digest(path.read_bytes())}\0".encode())
    lock = root / "requirements.lock"
    python = ".".join(platform.python_version_tuple()[:2])
    environment = [python, sys.implementation.name, digest(lock.read_bytes()) if lock.exists() else "", *versions(root)]
    return {"code": code.hexdigest()[:16], "environment": digest("\n".join(environment))}


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
    try:
        raw = path.read_bytes()
        cells = json.loads(raw)["cells"]
        return digest(json.dumps([[c["cell_type"], c.get("metadata", {}).get("tags", []), "".join(c["source"])] for c in cells]))
    except OSError:
        return ""
    except (ValueError, KeyError, TypeError):
        return digest(raw)  # not a notebook: rendering it says so


def digest(content: str | bytes) -> str:
    """Short hash of a text."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()[:16]


def file_of(out: Path, name: str) -> Path:
    """Where the report of this name is."""
    return out / f"{name}.html"


def read_manifest(out: Path) -> dict[str, Record]:
    """What is known of each report by name; nothing when there is no manifest or it cannot be understood (then all is built anew)."""
    try:
        known = json.loads((out / MANIFEST).read_text(encoding="utf-8"))["reports"]
        return {name: Record(entry["key"], entry["status"], entry["reason"], entry["html"]) for name, entry in known.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def write_manifest(out: Path, records: Mapping[str, Record]) -> None:
    """Write what is known of each report; the same state gives the same bytes."""
    known = {name: {"key": dict(r.parts), "status": r.status, "reason": r.reason, "html": r.html} for name, r in records.items()}
    write_whole(out / MANIFEST, json.dumps({"format": 1, "reports": known}, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
