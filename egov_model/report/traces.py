"""What a report was built from, in words that can be looked up later: the manifest says them of every report."""

from __future__ import annotations

import subprocess
from pathlib import Path

from egov_model.inputs.place import ROOT
from egov_model.inputs.scenario import PlanInputs
from egov_model.report.freshness import digest

CONTENT = ("egov_model", "notebooks", "data", "requirements.lock")  # what reports follow from
DIRTY = "-dirty"


def code_version(root: Path = ROOT) -> str:
    """The commit the project is at, with `-dirty` when what reports follow from differs from it; empty without git."""
    commit = _git(root, "rev-parse", "--short=12", "HEAD")
    changed = _git(root, "status", "--porcelain", "--", *CONTENT) if commit else ""
    return commit + (DIRTY if changed else "")


def facts(inputs: PlanInputs, version: str, root: Path = ROOT) -> tuple[tuple[str, object], ...]:
    """scenario: hash of all its inputs; data: of what the model reads of them; code, lock; seed and draws where there are any; issued."""
    lock = root / "requirements.lock"
    told: dict[str, object] = {
        "scenario": inputs.content_hash[:16],
        "data": inputs.model_hash[:16],
        "code": version,
        "lock": digest(lock.read_bytes()) if lock.is_file() else "",
        "issued": inputs.settings.issued_on.isoformat(),
    }
    told |= {name: value for name in ("seed", "draws") if (value := getattr(inputs.settings, name, None)) is not None}
    return tuple(told.items())


def _git(root: Path, *arguments: str) -> str:
    """What git says; nothing when it is not there or the folder is none of its own."""
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
