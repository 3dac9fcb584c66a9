"""Whether a report is what its notebook, data and code give today: it is built again elsewhere and compared byte by byte."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from egov_model.inputs.errors import EgovModelError, InputError, did_you_mean, listed
from egov_model.report.build import build
from egov_model.report.freshness import MANIFEST, Record, changes, digest, parts, read_manifest
from egov_model.report.publish import wanted_reports
from egov_model.report.scratch import scratch

NEAR = 40  # characters shown around the first difference


@dataclass(frozen=True)
class Verdict:
    """A report and what it is worth: `same` bytes or not, why not as far as is known, and what it was built from by the manifest."""

    name: str
    same: bool
    hash: str
    reasons: tuple[str, ...]
    built_from: tuple[tuple[str, object], ...]


def verify(report: Path, folder: Path, data: Path) -> Verdict:
    """Build the report again in a temporary folder and compare.

    folder: notebooks. Raises `InputError` for a file that is no report of a folder with a manifest, or whose scenario or notebook is gone;
    `EgovModelError` when it cannot be built.
    """
    if not report.is_file():
        near = did_you_mean(report.name, (path.name for path in report.parent.glob("*.html"))) if report.parent.is_dir() else ""
        raise InputError(f"no such file: {report.name} {near}".rstrip())
    out = next((place for place in report.resolve().parents if (place / MANIFEST).is_file()), None)
    if out is None:
        raise InputError(f"{report.name} is in no folder of reports: none above it holds {MANIFEST}")
    name = report.resolve().relative_to(out).with_suffix("").as_posix()
    records = read_manifest(out)
    language = name.rpartition(".")[2] if name.endswith(".en") else "id"
    every = wanted_reports(folder, data, language, [name, *records])
    job = next((job for job in every if job.name == name and job.notebook), None)
    if job is None:
        known = [job.name for job in every if job.notebook]
        there = f"there are: {listed(known)} {did_you_mean(name, known)}".rstrip()
        raise InputError(f"{name} is no report of these notebooks and scenarios; {there}")
    before = report.read_bytes()
    with scratch() as made:
        again = made / "reports"  # a build holds the folder it works in, as `made` is held
        result = build(every, out=again, jobs=1, only={name}, say=lambda line: None)
        if not result.ok:
            raise EgovModelError(f"{name} cannot be built again: {result.failed[0].reason}")
        after = (again / job.files[0]).read_bytes()
    record = records.get(name)
    reasons = () if before == after else _reasons(before, after, record, parts(every)[name])
    return Verdict(name, before == after, digest(before), reasons, tuple(record.facts.items()) if record else ())


def _reasons(before: bytes, after: bytes, record: Record | None, key: Mapping[str, str]) -> tuple[str, ...]:
    """What has changed since it was built, as far as the manifest knows, and where the two first differ."""
    told = changes(record.parts, key) if record else []
    if record and digest(before) not in record.files.values():
        told.append("the file is not the one that was built")
    at = next((n for n, (one, two) in enumerate(zip(before, after, strict=False)) if one != two), min(len(before), len(after)))
    return (*told, f"byte {at}: {_near(before, at)!r} in the file, {_near(after, at)!r} built again")


def _near(content: bytes, at: int) -> str:
    return content[max(0, at - NEAR) : at + NEAR].decode("utf-8", "replace")
