"""How the reports speak: sentences from catalogues, rupiah, numbers and dates in Bahasa Indonesia or English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from pathlib import Path

from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from egov_model.inputs.errors import InputError

CATALOGUES = Path(__file__).parent / "locale"
LANGUAGES = ("id", "en")
_SCALES = {
    "id": ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta")),
    "en": ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")),
}


@lru_cache(1 << 15)
def _formatted(value: Decimal, pattern: str, language: str) -> str:
    """Remembered: a page says the same number many times, and a number in words takes long."""
    return format_decimal(value, pattern, locale=language).replace("-", "\N{MINUS SIGN}")


@dataclass(frozen=True)
class Say:
    """One language: called with an English sentence and its values, it gives the sentence in that language."""

    language: str
    catalogue: Mapping[str, str | tuple[str, ...]]

    def __call__(self, sentence: str, /, **values: object) -> str:
        found = self.catalogue.get(sentence, sentence)
        return (found if isinstance(found, str) else found[0]).format(**values)

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """The sentence for a count of `n`; Bahasa Indonesia has one form."""
        found = self.catalogue.get(one)
        if found is None:
            return (one if n == 1 else many).format(n=self.number(n), **values)
        return (found if isinstance(found, str) else found[0]).format(n=self.number(n), **values)

    def number(self, value: float | Decimal, decimals: int = 0) -> str:
        """A number with the language's separators and a fixed count of decimals; halves are rounded up, as people do."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return self._signed(Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP), pattern)

    def figure(self, value: float) -> str:
        """A parameter as it was typed: with all its decimals, none that say nothing."""
        return self._signed(Decimal(str(value)), "#,##0.###############")

    def _signed(self, value: Decimal, pattern: str) -> str:
        """With a true minus sign, and none before a zero."""
        return _formatted(value or abs(value), pattern, self.language)

    def rupiah(self, amount_idr: int) -> str:
        """Whole rupiah, such as Rp1.234.567."""
        sign = "\N{MINUS SIGN}" if amount_idr < 0 else ""
        return f"{sign}Rp{self.number(abs(int(amount_idr)))}"

    def in_words(self, amount_idr: int) -> str:
        """Whole rupiah in words (terbilang), as formal papers repeat an amount."""
        from num2words import num2words

        words = num2words(int(amount_idr), lang=self.language)
        if self.language == "id":  # one thousand is seribu behind a million too, but twenty-one thousand stays dua puluh satu ribu
            words = re.sub(r"(?<=juta |liar |liun )satu ribu\b", "seribu", words).replace("min ", "minus ")
        return f"{words} rupiah"

    def money(self, amount_idr: int) -> str:
        """Rupiah in words of scale, such as Rp54,2 miliar; below a million in full."""
        size, sign = abs(int(amount_idr)), "\N{MINUS SIGN}" if amount_idr < 0 else ""
        for scale, word in _SCALES[self.language]:
            least = scale - scale // 20_000 if scale > 10**6 else scale  # from 999,95 of the smaller word on, which would round to 1.000,0
            if size >= least:
                return f"{sign}Rp{self.number(Decimal(size) / scale, 1)}\N{NO-BREAK SPACE}{word}"
        return self.rupiah(amount_idr)

    def percent(self, share: float, decimals: int = 0) -> str:
        """A share as per cent."""
        return f"{self.number(Decimal(str(share)).scaleb(2), decimals)}{self.per_cent}"

    @property
    def per_cent(self) -> str:
        """The sign behind a number: Bahasa Indonesia sets it off, English does not."""
        return "%" if self.language == "en" else "\N{NO-BREAK SPACE}%"

    def day(self, value: date) -> str:
        """A date, such as 15 Maret 2027."""
        return format_date(value, "d MMMM y", locale=self.language)

    def short_day(self, value: date) -> str:
        """A date in few letters, such as 15 Mar 2027; in a narrow column only the year may go to another line."""
        return format_date(value, "d\N{NO-BREAK SPACE}MMM y", locale=self.language)

    def month(self, value: date) -> str:
        """A month, such as Maret 2027."""
        return format_date(value, "MMMM y", locale=self.language)

    def short_month(self, value: date) -> str:
        """A month in few letters, such as Mar 2027, in one piece."""
        return format_date(value, "MMM\N{NO-BREAK SPACE}y", locale=self.language)

    def years(self, first: int, last: int) -> str:
        """A span of years, such as 2027-2031; one year alone."""
        return str(first) if first == last else f"{first}\N{EN DASH}{last}"

    def title(self, row: object) -> str:
        """The title of a record or frame row in this language."""
        return str(row["title_" + self.language] if hasattr(row, "keys") else getattr(row, "title_" + self.language))

    def listing(self, words: list[str]) -> str:
        """a, b and c."""
        if len(words) < 2:
            return "".join(words)
        return self("{first} and {last}", first=", ".join(words[:-1]), last=words[-1])


@cache
def speak(language: str = "id") -> Say:
    """The voice of a language; raises `InputError` for one without a catalogue."""
    if language not in LANGUAGES:
        raise InputError(f"language {language!r}: allowed are {', '.join(LANGUAGES)}")
    return Say(language, _catalogue(language))


def _catalogue(language: str) -> dict[str, str | tuple[str, ...]]:
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return {}  # English is the language of the sentences themselves
    with path.open("rb") as file:
        made = {}
        for message in read_po(file, locale=language):
            if message.id:
                made[message.id[0] if isinstance(message.id, tuple) else message.id] = message.string
        return made


def marked(sentence: str) -> str:
    """Marks a sentence for the catalogue where it is only named, not yet said."""
    return sentence
