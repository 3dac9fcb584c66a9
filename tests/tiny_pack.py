"""The made-up regency of tests/tiny, with differences written as a scenario."""

from __future__ import annotations

import shutil
from pathlib import Path

from egov_model.inputs.scenario import PlanInputs, load_scenario

TINY = Path(__file__).with_name("tiny")
HEAD = "title: Kasus\ntitle_en: Case\ndescription: uji\ndescription_en: test\nowner: uji\n"


def copy_of_tiny(folder: Path) -> Path:
    """A copy of the pack that a test may break."""
    return Path(shutil.copytree(TINY, folder / "tiny"))


def with_changes(folder: Path, body: str) -> PlanInputs:
    """The tiny pack under a scenario whose `set`, `add` and `drop` are given as YAML text."""
    pack = copy_of_tiny(folder)
    (pack / "scenarios" / "case.yaml").write_text(HEAD + body, encoding="utf-8")
    return load_scenario("case", pack)
