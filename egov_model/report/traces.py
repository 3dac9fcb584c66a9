"""What a report was built from, in words that can be looked up later: its foot and the manifest say them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from egov_model.inputs.place import ROOT
from egov_model.inputs.scenario import PlanInputs
from egov_model.report.freshness import Job, digest

CODE, CODE_HASH = "code", "code_hash"


def facts(inputs: PlanInputs, root: Path = ROOT) -> tuple[tuple[str, object], ...]:
    """scenario: hash of all its inputs; data: of what the model reads of them; code (see `built_from`), lock; issued; seed and draws."""
    lock = root / "requirements.lock"
    told: dict[str, object] = {
        "scenario": inputs.content_hash[:16],
        "data": inputs.model_hash[:16],
        CODE: "",
        "lock": digest(lock.read_bytes()) if lock.is_file() else "",
        "issued": inputs.settings.issued_on.isoformat(),
    }
    told |= {name: value for name in ("seed", "draws") if (value := getattr(inputs.settings, name, None)) is not None}
    return tuple(told.items())


def built_from(job: Job, key: Mapping[str, str]) -> tuple[tuple[str, object], ...]:
    """A job's facts with the commit of the code that it uses, or the hash of that code where git does not know it."""
    code = (CODE, key["version"]) if key["version"] else (CODE_HASH, key["code"])
    return tuple(code if name == CODE else (name, value) for name, value in job.facts)
