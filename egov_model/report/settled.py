"""Whether anything at all has changed since the last build: an answer in a moment, before any library is loaded.

It looks at every file that could matter, used or not; when one differs, `report.freshness` decides report by report.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from egov_model.inputs.place import ROOT
from egov_model.report.commits import newest
from egov_model.report.freshness import FORMAT, MANIFEST, code_hash, digest, environment, hashes_of
from egov_model.report.uses import package_files


def request(scenarios: Sequence[str], notebooks: Sequence[str], language: str, data: Path, root: Path, agencies: Sequence[str] = ()) -> str:
    """What was asked for, as the manifest names it; another data pack than the project's own by a hash of its place."""
    place = "" if data.resolve() == root / "data" else digest(str(data.resolve()))
    asked = [" ".join(sorted(names)) or "all" for names in (scenarios, notebooks)]
    return "; ".join([language, *asked, *filter(None, [" ".join(sorted(agencies)), place])])


def state(folder: Path, data: Path, root: Path) -> str:
    """Hash of everything reports can follow from: notebooks, data pack, package and their last commit, libraries, date of issue."""
    found = {f"code/{name}": content for name, content in package_files(root).items()}
    found |= {f"notebooks/{path.name}": path.read_bytes() for path in sorted(folder.glob("*.ipynb"))}
    found |= {f"data/{path.relative_to(data).as_posix()}": path.read_bytes() for path in sorted(data.rglob("*")) if path.is_file()}
    issued = os.environ.get("SOURCE_DATE_EPOCH", "")  # inputs.scenario.EPOCH, which takes long to import
    return digest("\n".join([code_hash(found), newest(root), environment(root), issued]))


def requests(out: Path) -> dict[str, str]:
    """What was asked for since anything was built, with the state of everything at that time, and the hashes of the
    index pages and of the workbooks of tables."""
    try:
        known = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        return dict(known["settled"]) if known["format"] == FORMAT else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def settled(asked: str, now: str, out: Path) -> int | None:
    """How many reports are up to date when nothing has changed since they were all built; None when one has to look closer."""
    try:
        known = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        if known["format"] != FORMAT or known["settled"].get(asked) != now:
            return None
        files = {name: text for entry in known["reports"].values() for name, text in entry["files"].items()}
        files |= {name: text for name, text in known["settled"].items() if name.endswith((".html", ".xlsx"))}
        good = all(entry["status"] == "ok" for entry in known["reports"].values()) and hashes_of(out, files) == files
        return sum(f"{name}.html" in entry["files"] for name, entry in known["reports"].items()) if good else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def nothing_to_do(
    folder: Path, data: Path, out: Path, *, scenarios: Sequence[str], notebooks: Sequence[str], language: str, agencies: Sequence[str] = ()
) -> int | None:
    """How many reports are up to date when nothing at all has changed since they were built; None: `publish` looks closer."""
    asked = request(scenarios, notebooks, language, data, ROOT, agencies)
    return settled(asked, state(folder, data, ROOT), out) if data.is_dir() else None
