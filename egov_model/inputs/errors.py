"""What is wrong with the input, said so that a planner can mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from egov_model.inputs.letters import printable


class EgovModelError(Exception):
    """Anything this package raises on purpose."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in one place: where, what was found, what is allowed, what to do."""

    file: str
    row: int = 0  # row as Excel numbers it, or line of a YAML file; 0: the file as a whole
    field: str = ""
    found: str = ""
    allowed: str = ""
    advice: str = ""

    def __str__(self) -> str:
        unit = "line" if self.file.endswith((".yaml", ".yml")) else "row"
        place = ", ".join(filter(None, (f"{unit} {self.row}" if self.row else "", f"field {self.field}" if self.field else "")))
        found, allowed = f"found {self.found}" if self.found else "", f"allowed: {self.allowed}" if self.allowed else ""
        text = "; ".join(filter(None, (found, allowed, self.advice)))
        return f"{place}: {text}" if place else text


class InputError(EgovModelError):
    """A file or an argument says something the model cannot use; holds every problem at once."""

    def __init__(self, problems: Iterable[Problem] | str):
        self.problems = (Problem("", advice=problems),) if isinstance(problems, str) else tuple(sorted(set(problems)))
        super().__init__(self.report())

    def report(self) -> str:
        """All problems, grouped by file, in the order of the rows."""
        lines: list[str] = []
        for file in dict.fromkeys(p.file for p in self.problems):
            lines += [file] if file else []
            lines += [f"  - {p}" if file else str(p) for p in self.problems if p.file == file]
        return "\n".join(printable(line) for line in "\n".join(lines).split("\n"))


@dataclass
class Problems:
    """A list that problems are added to; `stop` raises them all at once."""

    found: list[Problem] = field(default_factory=list)

    def add(self, file: str, row: int = 0, field: str = "", *, found: str = "", allowed: str = "", advice: str = "") -> None:
        self.found.append(Problem(file, row, field, found, allowed, advice))

    def stop(self) -> None:
        """Raise `InputError` when there is at least one problem."""
        if self.found:
            raise InputError(self.found)


def nearest(word: str, known: Iterable[str]) -> str:
    """The nearest known name, or an empty text when none is near."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """ "did you mean 'x'?" with the nearest known name, or an empty text when none is near."""
    near = nearest(word, known)
    return f"did you mean {near!r}?" if near else ""


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names for a message: all when few, otherwise the first ones and how many more."""
    names = list(names)
    more = f" ... ({len(names)} in all)" if len(names) > most else ""
    return ", ".join(names[:most]) + more
