"""A scenario: the base pack plus differences, with who set what, checked as a whole; the plan's complete input."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from egov_model.inputs.actuals import ACTUALS
from egov_model.inputs.catalogue import TABLES, make_record
from egov_model.inputs.chain import Chain, Entry, ScenarioFile, read_chain
from egov_model.inputs.errors import InputError, Problem, Problems, did_you_mean
from egov_model.inputs.gates import Place, check_whole
from egov_model.inputs.inventory import Region
from egov_model.inputs.overrides import COMMAND_LINE, Change, apply_overrides
from egov_model.inputs.pack import PROJECT_DATA, Pack, copy_of, read_pack
from egov_model.inputs.record import Record, Sourced
from egov_model.inputs.rules import Settings
from egov_model.inputs.tables import content_hash
from egov_model.inputs.widths import ALLOWED, narrow_points, width_share

EPOCH = "SOURCE_DATE_EPOCH"
ANYWAY = "do-minimum"  # the scenario of what happens without the plan
BASE = "baseline"  # the scenario that changes nothing


@dataclass(frozen=True)
class PlanInputs:
    """Everything the model reads for one scenario: records by table and key, typed settings, and what the scenario changed.

    `dropped`: initiatives that the scenario takes out, as the pack has them.
    `hashes`: of each table's records, of `region`, of `scenario` (its head), of `changes` and `dropped`; `content_hash`: of all of them.
    """

    scenario: ScenarioFile
    region: Region
    settings: Settings
    rows: Mapping[str, Mapping[str, Record]]
    changes: tuple[Change, ...]
    hashes: Mapping[str, str]
    content_hash: str
    dropped: Mapping[str, Record] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def model_hash(self) -> str:
        """Hash of what the model reads: not of what the scenario is called, nor of who changed what, nor of what has happened."""
        return _joined({name: text for name, text in self.hashes.items() if name not in ("scenario", "changes", "dropped", *ACTUALS)})

    def table(self, name: str) -> Mapping[str, Record]:
        """Records of one table by key, in file order."""
        return self.rows[name]


def scenario_names(folder: Path = PROJECT_DATA) -> list[str]:
    """Scenario names of a data pack in reading order: baseline first, then by name."""
    names = sorted(p.stem for p in (folder / "scenarios").glob("*.yaml"))
    return sorted(names, key=lambda n: (n != "baseline", n))


def load_scenario(name: str = "baseline", data: Path | str = "", overrides: Mapping[str, str] | None = None) -> PlanInputs:
    """The complete input of one scenario; raises `InputError` with every problem of every file."""
    loaded = load_scenarios([name], data, overrides)
    return loaded[0]


def load_text(name: str, text: str, data: Path | str = "", also: Iterable[str] = ()) -> PlanInputs:
    """The complete input of a scenario that is not written yet, as if its file held this text; raises `InputError`.

    So it does when one of the scenarios `also` could not be loaded any more.
    """
    folder = Path(data).resolve() if data else PROJECT_DATA
    with tempfile.TemporaryDirectory() as made:
        copy = copy_of(folder, Path(made))
        (copy / "scenarios" / f"{name}.yaml").write_text(text, encoding="utf-8", newline="\n")
        return load_scenarios([name, *also], copy)[0]


def open_pack(data: Path | str = "") -> Pack:
    """A data pack read once, for many scenarios that are not written yet (see `compose`); raises `InputError`."""
    problems = Problems()
    pack = read_pack(Path(data).resolve() if data else PROJECT_DATA, problems)
    problems.stop()
    return pack


def chain_of(pack: Pack, name: str) -> Chain:
    """What a scenario of an open pack and its bases change; raises `InputError`."""
    problems = Problems()
    chain = read_chain(pack, name, problems)
    problems.stop()
    return chain


def compose(
    pack: Pack, chain: Chain, overrides: Mapping[str, str], drop: Mapping[str, Collection[str]] | None = None, hashed: bool = False
) -> PlanInputs:
    """A scenario of an open pack with values set and rows dropped (table: keys) on top, checked as a whole; raises `InputError`.

    Without hashes, unless they are asked for: they take as long as all the rest, and only what is kept is found by them.
    """
    problems = Problems()
    inputs = _compose(pack, chain.scenario.name, overrides, problems, drop or {}, hashed, chain)
    problems.stop()
    return inputs


def load_scenarios(names: Iterable[str], data: Path | str = "", overrides: Mapping[str, str] | None = None) -> list[PlanInputs]:
    """Several scenarios over one reading of the pack; raises `InputError` with every problem of every file."""
    problems = Problems()
    folder = Path(data).resolve() if data else PROJECT_DATA
    pack = read_pack(folder, problems)
    if not folder.is_dir():
        problems.stop()
    made = []
    for name in names:
        own = Problems()
        inputs = _compose(pack, name, overrides or {}, own)
        problems.found += [p for p in own.found if p not in problems.found]
        made.append(inputs)
    problems.stop()
    return [m for m in made if m is not None]


def _compose(
    pack: Pack, name: str, overrides: Mapping[str, str], problems: Problems,
    drop: Mapping[str, Collection[str]] = MappingProxyType({}), hashed: bool = True, chain: Chain | None = None,
) -> PlanInputs | None:  # fmt: skip
    """The scenario's input, or None after noting its problems; a part that cannot be read does not keep the rest from being checked."""
    overrides = {**issue_day(problems), **overrides}
    chain = chain or read_chain(pack, name, problems)
    dropping = [Entry("drop", table, key, "", key, COMMAND_LINE, COMMAND_LINE, 0) for table, keys in drop.items() for key in keys]
    entries = (*(chain.entries if chain else ()), *dropping)
    before = len(problems.found)
    rows, changes, places = apply_overrides(pack, entries, overrides, problems)
    lost = dict(pack.lost)
    if len(problems.found) > before:
        lost |= {e.table: frozenset([""]) for e in entries if e.what == "add"}

    def place(table: str, key: str) -> tuple[str, int]:
        return places.get((table, key), (f"{pack.folder.name}/{TABLES[table].path}", 0))

    settings = _settings(rows["settings"], place, problems, lost["settings"])
    dropped = {name: pack.rows[name].keys() - records.keys() for name, records in rows.items()}
    check_whole(rows, settings.years if settings else (), place, problems, lost, dropped)
    if chain is None or settings is None or pack.region is None:
        return None
    frozen = MappingProxyType({k: MappingProxyType(v) for k, v in rows.items()})
    gone = MappingProxyType({key: row for key, row in pack.rows["initiatives"].items() if key in dropped["initiatives"]})
    if not hashed:
        return PlanInputs(chain.scenario, pack.region, settings, frozen, changes, MappingProxyType({}), "", gone)
    hashes = MappingProxyType(_hashes(chain.scenario, pack.region, {**frozen, "dropped": gone}, changes))
    return PlanInputs(chain.scenario, pack.region, settings, frozen, changes, hashes, _joined(hashes), gone)


def issue_day(problems: Problems) -> dict[str, str]:
    """The date of issue that SOURCE_DATE_EPOCH in the environment asks for (whole seconds since 1970, UTC), as an override.

    See https://reproducible-builds.org/specs/source-date-epoch/.
    """
    text = os.environ.get(EPOCH, "")
    if not text:
        return {}
    try:
        return {"settings.issued_on": datetime.fromtimestamp(int(text), UTC).date().isoformat()}
    except (ValueError, OverflowError, OSError):
        problems.add(EPOCH, found=repr(text), allowed="whole seconds since 1970-01-01", advice=f"unset {EPOCH} in the environment")
        return {}


def _settings(rows: Mapping[str, Record], place: Place, problems: Problems, lost: Collection[str]) -> Settings | None:
    for key in rows:
        if key not in Settings.model_fields:
            file, number = place("settings", key)
            near = did_you_mean(key, Settings.model_fields)
            problems.add(file, number, "key", found=f"{key!r}", allowed="a setting of the model", advice=near)
    own = Problems()
    cells = {key: row.value for key, row in rows.items() if key in Settings.model_fields}
    settings = make_record(Settings, cells, "", 0, own)
    for p in own.found:
        if p.field not in rows and ("" in lost or p.field in lost):
            continue
        setters = [s for s in (place("settings", name) for name in rows) if not s[0].endswith(".csv")]
        file, number = setters[-1] if setters and not p.field else place("settings", p.field)  # years that do not fit: who set one last
        named = "value" if number and file.endswith(".csv") else f"settings.{p.field}".rstrip(".")
        problems.found.append(Problem(file, number, named, p.found, p.allowed, p.advice))
    return settings


def _hashes(scenario: ScenarioFile, region: Region, rows: Mapping[str, Mapping[str, Record]], changes: Iterable[Change]) -> dict[str, str]:
    content: dict[str, object] = {
        table: {key: row.model_dump(mode="json") for key, row in records.items()} for table, records in rows.items()
    }
    content |= {"scenario": scenario.model_dump(mode="json"), "region": region.model_dump(mode="json")}
    content["changes"] = [asdict(change) for change in changes]
    return {name: content_hash({name: json.dumps(part, ensure_ascii=False).encode()}) for name, part in content.items()}


def _joined(hashes: Mapping[str, str]) -> str:
    return content_hash({name: text.encode() for name, text in hashes.items()})


def strict_problems(inputs: PlanInputs, folder: str = PROJECT_DATA.name) -> list[Problem]:
    """What a publishable pack may not lack: unit, source and evidence on every row, and assumptions of honest width.

    `folder` is the pack's name in messages.
    """
    problems = Problems()
    for table in TABLES.values():
        for key, row in inputs.rows[table.name].items():
            file = f"{folder}/{table.path}"
            for name in ("unit", "source", "evidence"):
                if isinstance(row, Sourced) and not getattr(row, name).strip():
                    problems.add(file, field=f"{key} {name}", found="an empty cell", allowed="a value in every row (--strict)")
            for names, values in narrow_points(row):
                found = f"{', '.join(f'{v:.15g}' for v in values)} ({width_share(*values):.0%} wide)"
                problems.add(file, field=f"{key} {', '.join(names)}", found=found, allowed=f"{ALLOWED} (--strict)")
    return problems.found


def parse_assignment(text: str) -> tuple[str, str]:
    """`key=value` from the command line; raises `InputError`."""
    match = re.fullmatch(r"\s*([^=\s]+)\s*=\s*(.*?)\s*", text)
    if not match:
        raise InputError(f"--set {text!r}: expected key=value, such as --set settings.ceiling_factor=0.8")
    return match[1], match[2]
