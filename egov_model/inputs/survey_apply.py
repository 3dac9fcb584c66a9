"""Taking changes into a pack: all files or none, checked as a whole before the first byte is written."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from egov_model.inputs.catalogue import TABLES
from egov_model.inputs.csv_edit import changed
from egov_model.inputs.errors import EgovModelError, InputError, Problems
from egov_model.inputs.pack import JOURNAL, copy_of, read_pack
from egov_model.inputs.scenario import load_scenarios, scenario_names
from egov_model.inputs.survey_changes import Change
from egov_model.inputs.tables import file_bytes

_LIST, _OLD, _NEW = "list", ".old", ".new"


def new_files(folder: Path, changes: Iterable[Change]) -> dict[str, tuple[bytes, bytes]]:
    """Content before and after of every file that the changes touch, by its path in the pack. Raises `InputError`."""
    problems = Problems()
    pack = read_pack(folder, problems)
    problems.stop()
    by_file: dict[str, dict[tuple[int, str], str]] = {}
    for c in changes:
        by_file.setdefault(TABLES[c.table].path, {})[pack.places[c.table, c.key][1], c.field] = c.new
    made = {}
    for path, cells in by_file.items():
        before = file_bytes(folder / path)
        try:
            made[path] = before, changed(before, cells)
        except KeyError as error:
            raise InputError(f"{folder.name}/{path}: {error.args[0]}; add the column before forms are taken over") from None
    return made


def check_changed(folder: Path, files: Mapping[str, tuple[bytes, bytes]]) -> None:
    """Every scenario over a copy of the pack with the new files in it; raises `InputError` with every problem."""
    with tempfile.TemporaryDirectory() as made:
        copy = copy_of(folder, Path(made))
        for path, (_, after) in files.items():
            (copy / path).write_bytes(after)
        load_scenarios(scenario_names(copy) or ["baseline"], copy)


def apply(folder: Path, files: Mapping[str, tuple[bytes, bytes]]) -> None:
    """Replaces the files together: when anything stops this half-way, the old content is put back.

    A folder in the pack holds the old files while it lasts. Should even the machine stop, the pack is refused until `recover` has put them
    back. Raises `EgovModelError`.
    """
    journal = folder / JOURNAL
    try:
        journal.mkdir()
    except FileExistsError:
        raise EgovModelError(f"another import into {folder.name} is under way or was interrupted: egov survey recover") from None
    except OSError as error:
        raise _cannot_write(folder, error) from None
    try:
        for n, (path, (before, after)) in enumerate(files.items()):
            if file_bytes(folder / path) != before:
                raise EgovModelError(f"{folder.name}/{path} was changed while forms were read; import them again")
            (journal / f"{n}{_OLD}").write_bytes(before)
            (journal / f"{n}{_NEW}").write_bytes(after)
            shutil.copymode(folder / path, journal / f"{n}{_NEW}")
        (journal / f"{_LIST}.part").write_text("\n".join(files), encoding="utf-8", newline="\n")
        (journal / f"{_LIST}.part").replace(journal / _LIST)
        getattr(os, "sync", int)()  # what stands in the journal must be on the disk before the first file moves
        for n, path in enumerate(files):
            (journal / f"{n}{_NEW}").replace(folder / path)
        (journal / _LIST).unlink()  # from here on the new files count
    except BaseException as error:
        recover(folder)
        if isinstance(error, OSError):
            raise _cannot_write(folder, error) from None
        raise
    shutil.rmtree(journal, ignore_errors=True)


def _cannot_write(folder: Path, error: OSError) -> EgovModelError:
    return EgovModelError(f"cannot write into {folder.name} ({error.strerror}); nothing was changed; is a file open in another program?")


def recover(folder: Path) -> list[str]:
    """Puts the old files back after an interrupted import and gives their paths; nothing when there was none."""
    journal = folder / JOURNAL
    listed = journal / _LIST
    names: list[str] = []
    if listed.is_file():
        names = file_bytes(listed).decode().split("\n")
        for n, path in enumerate(names):
            old = file_bytes(journal / f"{n}{_OLD}")
            if file_bytes(folder / path) != old:  # one that another program holds was not changed, and on Windows cannot be
                (journal / f"{n}.back").write_bytes(old)
                (journal / f"{n}.back").replace(folder / path)
        listed.unlink()
    shutil.rmtree(journal, ignore_errors=True)
    return names
