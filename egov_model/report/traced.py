"""A voice whose figures can be traced: what it prints is what `Say` prints, with the value of every figure marked before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from numbers import Integral

from egov_model.report.marks import mark, named
from egov_model.report.wording import Say, speak


@dataclass(frozen=True)
class Traced(Say):
    """As `Say`; every number, amount, share and date carries a mark that tells its value and how it was printed (see `report.marks`)."""

    @property
    def plainly(self) -> Say:
        """The same voice without marks."""
        return Say(self.language, self.catalogue)

    def __call__(self, sentence: str, /, **values: object) -> str:
        return self.plainly(sentence, **_told(values))

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        found = self.catalogue.get(one)
        text = found if isinstance(found, str) else found[0] if found else one if n == 1 else many
        return text.format(**_told({"n": self.number(n), **values}))

    def number(self, value: float | Decimal, decimals: int = 0) -> str:
        return mark(f"number/{decimals}", _value(value), self.plainly.number(value, decimals))

    def figure(self, value: float) -> str:
        return mark("figure", _value(value), self.plainly.figure(value))

    def rupiah(self, amount_idr: int) -> str:
        return mark("rupiah", str(int(amount_idr)), self.plainly.rupiah(amount_idr))

    def money(self, amount_idr: int) -> str:
        return mark("money", str(int(amount_idr)), self.plainly.money(amount_idr))

    def percent(self, share: float, decimals: int = 0) -> str:
        return mark(f"percent/{decimals}", _value(share), self.plainly.percent(share, decimals))

    def day(self, value: date) -> str:
        return mark("day", f"{value:%Y-%m-%d}", self.plainly.day(value))

    def short_day(self, value: date) -> str:
        return mark("short_day", f"{value:%Y-%m-%d}", self.plainly.short_day(value))

    def month(self, value: date) -> str:
        return mark("month", f"{value:%Y-%m-%d}", self.plainly.month(value))

    def short_month(self, value: date) -> str:
        return mark("short_month", f"{value:%Y-%m-%d}", self.plainly.short_month(value))

    def years(self, first: int, last: int) -> str:
        ends = [mark("whole", str(int(year)), str(year)) for year in dict.fromkeys((first, last))]
        return "\N{EN DASH}".join(ends)


def trace(language: str = "id") -> Traced:
    """The traced voice of a language; raises `InputError` for one without a catalogue."""
    said = speak(language)
    return Traced(said.language, said.catalogue)


def _value(value: object) -> str:
    """A number with all its digits."""
    return str(int(value)) if isinstance(value, Integral) else str(value) if isinstance(value, Decimal) else repr(float(value))


def _told(values: dict[str, object]) -> dict[str, object]:
    """Values that fill a sentence, each with the name of its place; whole numbers given as they are (years, seeds) are marked too."""
    told = {}
    for name, value in values.items():
        whole = isinstance(value, Integral) and not isinstance(value, bool)
        told[name] = mark("whole", str(int(value)), str(value), name) if whole else named(name, value) if isinstance(value, str) else value
    return told
