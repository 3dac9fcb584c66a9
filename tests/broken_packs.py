"""Copies of the tiny data pack for tests to break, and what the checker then says."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from egov_model.inputs.errors import InputError, Problem
from egov_model.inputs.scenario import PlanInputs, load_scenario

TINY = Path(__file__).resolve().parent / "tiny"
HEAD = "title: Uji\ntitle_en: Test\ndescription: Uji\ndescription_en: Test\nowner: uji\n"


def copy_of_tiny(tmp_path: Path) -> Path:
    """A pack called `tiny` that a test may break."""
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


def edit(pack: Path, file: str, old: str, new: str, *, times: int = 1, encoding: str = "utf-8") -> None:
    """Replace text that stands exactly `times` times in a file of the pack."""
    path = pack / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == times, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_bytes(text.replace(old, new).encode(encoding))


def scenario(pack: Path, name: str, body: str, *, head: str = HEAD) -> None:
    """Write a scenario file with a complete head."""
    (pack / "scenarios" / f"{name}.yaml").write_text(head + body, encoding="utf-8", newline="\n")


def refused(pack: Path, name: str = "baseline", overrides: Mapping[str, str] | None = None) -> list[Problem]:
    """The problems of a pack that must be refused."""
    with pytest.raises(InputError) as caught:
        load_scenario(name, pack, overrides)
    return list(caught.value.problems)


def said(pack: Path, name: str = "baseline", overrides: Mapping[str, str] | None = None) -> list[str]:
    """The same as lines that begin with the file."""
    return [f"{p.file}: {p}" for p in refused(pack, name, overrides)]


def loaded(pack: Path, name: str = "baseline", overrides: Mapping[str, str] | None = None) -> PlanInputs:
    return load_scenario(name, pack, overrides)
