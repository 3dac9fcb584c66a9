"""Plans for the tests of the report room: the made-up regency, the project's own, and a pack full of texts that mean harm."""

from __future__ import annotations

import re
import tempfile
from decimal import Decimal
from functools import cache
from pathlib import Path

import hostile_samples
from tiny_pack import with_changes

from egov_model.inputs.scenario import ANYWAY, load_scenario
from egov_model.model import plan as model
from egov_model.model.plan import Plan
from egov_model.report.answers import build_plan
from egov_model.report.wording import speak

LANGUAGES = ("id", "en")
HARM = '=1+1 <script>alert(1)</script> "><img src=x onerror=y> {curly} {0} & $x^2$ $\\frac$ -- %s'

# Differences to the tiny pack that make a plan unusual.
EDGES = {
    "as it is": "",
    "only what runs": "set: {settings.scope: running}",
    "nothing fits": "set: {settings.ceiling_factor: 0}",
    "new work does not fit": "set: {settings.ceiling_factor: 0.06}",
    "no formations": "drop: {formations: [analis.2028]}",
    "nothing in scope": "set: {settings.scope: running}\ndrop: {initiatives: [internet]}",
    "one year": "set: {settings.last_year: 2027}",
    "nobody on board": "set: {roles.analis.on_board: 0}\ndrop: {formations: [analis.2028]}",
    "short of people": "set: {roles.analis.operate_share: 0, norms.meja.minutes_high: 4000, norms.meja.minutes: 1500}",
    "late": "set: {settings.adopted_on: 2026-12-31}",
    "late and no revision": "set: {settings.adopted_on: 2026-12-31, settings.revised_budget_held: n}",
}
PROJECT = ("baseline", "lean", ANYWAY)
# Whole pages take a while: the plain plan in both languages, every unusual one and the own ones in one or the other.
PAGES = [("as it is", "en"), *((name, LANGUAGES[n % 2]) for n, name in enumerate(EDGES))]
PAGES += [("baseline", "id"), ("lean", "en"), (ANYWAY, "id")]


@cache
def edge(name: str) -> Plan:
    """The plan of the tiny pack with one of `EDGES`."""
    with tempfile.TemporaryDirectory() as folder:
        return model.build_plan(with_changes(Path(folder), EDGES[name]))


@cache
def project(name: str = "baseline") -> Plan:
    """The plan of one of the project's own scenarios; its order is looked for once for all tests and reports of the same code and data."""
    return build_plan(load_scenario(name))


def plan_of(name: str) -> Plan:
    """A plan by its name in `PROJECT` or `EDGES`."""
    return project(name) if name in PROJECT else edge(name)


def harmful_pack(folder: Path) -> Path:
    """A copy of the tiny pack in which every text that a planner may type carries `HARM`, with a scenario that is short of money."""
    pack = hostile_samples.harmful_pack(folder, HARM)
    head = (pack / "scenarios" / "baseline.yaml").read_text(encoding="utf-8")
    for name, settings in {"tight": "set: {settings.ceiling_factor: 0.06}", ANYWAY: "set: {settings.scope: running}"}.items():
        (pack / "scenarios" / f"{name}.yaml").write_text(f"{head}{settings}\n", encoding="utf-8")
    return pack


def rupiah(text: str, language: str) -> int:
    """The whole rupiah that a cell prints; a dash stands for none."""
    if text == "\N{EN DASH}":
        return 0
    separator = re.escape("." if language == "id" else ",")
    found = re.fullmatch(rf"(\N{{MINUS SIGN}}?)Rp(\d{{1,3}}(?:{separator}\d{{3}})*)", text)
    assert found, text
    return int(re.sub(r"\D", "", found[2])) * (-1 if found[1] else 1)


def quantity(text: str, language: str) -> tuple[Decimal, Decimal]:
    """The number a text prints (rupiah with a word of scale, a share, a count) and half the step of its last digit."""
    words = {"juta": 6, "miliar": 9, "triliun": 12, "million": 6, "billion": 9, "trillion": 12, "%": -2, "": 0}
    found = re.fullmatch(r"(\N{MINUS SIGN}?)(?:Rp)?([\d.,]+)(?:\N{NO-BREAK SPACE}?(%)|\N{NO-BREAK SPACE}(\S+))?", text)
    assert found, text
    thousands, point = (".", ",") if language == "id" else (",", ".")
    number = found[2].replace(thousands, "").replace(point, ".")
    scale = words[found[3] or found[4] or ""]
    step = Decimal(1).scaleb(scale - len(number.partition(".")[2]))
    return Decimal(f"{'-' if found[1] else ''}{number}").scaleb(scale), step / 2


def says(text: str, language: str, value: float) -> bool:
    """Whether a printed number is this value, rounded."""
    printed, half = quantity(text, language)
    return abs(printed - Decimal(str(value))) <= half * Decimal("1.0001")


def template(sentence: str, language: str) -> re.Pattern[str]:
    """A pattern for one sentence of the catalogue in a language, with a group for each value."""
    found = speak(language).catalogue.get(sentence, sentence)
    text = found if isinstance(found, str) else found[0]
    pattern = re.escape(text).replace(r"\{", "{").replace(r"\}", "}")
    return re.compile(re.sub(r"\{(\w+)\}", lambda m: f"(?P<{m[1]}>.+?)" if pattern.count(m[0]) == 1 else ".+?", pattern))


def read(text: str, language: str, *sentences: str) -> dict[str, str]:
    """The values in a text that must be said by one of these sentences, which may be followed by others."""
    for sentence in sentences:
        pattern = template(sentence, language).pattern
        if found := re.fullmatch(pattern + (r"(?P<_more> .*)?" if pattern.endswith(r"\.") else ""), text):
            return found.groupdict()
    raise AssertionError(f"{text!r} is none of {sentences}")
