"""The command line: results on stdout, talk on stderr; status 0 good, 2 bad input; never a traceback."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from broken_packs import TINY, copy_of_tiny, edit, scenario

from egov_model import cli
from egov_model.inputs.errors import EgovModelError
from egov_model.inputs.package import describe

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return copy_of_tiny(tmp_path)


def outside(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """A program of its own, as a person starts it."""
    return subprocess.run(
        [sys.executable, *map(str, command)], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60
    )


# check


def test_check_of_a_good_pack(egov):
    status, out, err = egov("check", "--data", TINY)
    assert (status, err) == (0, "")
    assert out.startswith("1 scenario over ")
    assert out.endswith(" rows: no problem found\n")


def test_check_takes_every_scenario_when_none_is_named(egov, pack: Path):
    scenario(pack, "coba", "")
    assert egov("check", "--data", pack)[1].startswith("2 scenarios over ")
    assert egov("check", "coba", "--data", pack)[1].startswith("1 scenario over ")


def test_check_strict(egov, pack: Path):
    status, out, _ = egov("check", "--strict", "--data", pack)
    assert status == 0
    assert out.endswith(" rows: no problem found (strict)\n")
    edit(pack, "funds.csv", "dana,uji,", "dana,,")
    assert egov("check", "--data", pack)[0] == 0
    status, out, err = egov("check", "--strict", "--data", pack)
    assert (status, out) == (2, "")
    assert err == (
        "1 problem in the input; nothing was changed\n"
        "tiny/funds.csv\n"
        "  - field dau source: found an empty cell; allowed: a value in every row (--strict)\n"
    )


def test_check_names_every_problem_of_every_file(egov, pack: Path):
    scenario(pack, "coba", "sets: {}\n")
    edit(pack, "kinds.csv", "Own work,services", "Own work,servces")
    edit(pack, "funds.csv", "General", "G\u00e9n\u00e9ral", encoding="cp1252")
    edit(pack, "initiatives.csv", "dau,alat-desa,", "dau,aplikasi,")
    status, out, err = egov("check", "--data", pack)
    assert (status, out) == (2, "")
    assert err.splitlines() == [
        "4 problems in the input; nothing was changed",
        "tiny/funds.csv",
        "  - row 2: found byte 0xE9, which is not UTF-8 (typical of Windows-1252); allowed: UTF-8 text; "
        "in Excel choose Save As, 'CSV UTF-8 (Comma delimited)'",
        "tiny/initiatives.csv",
        "  - row 4, field after: found a cycle: aplikasi -> aplikasi; allowed: initiatives that do not wait for each other; "
        "take one of these out of 'after'",
        "tiny/kinds.csv",
        "  - row 3, field procurement: found 'servces'; allowed: goods | services | consultancy; did you mean 'services'?",
        "tiny/scenarios/coba.yaml",
        "  - line 6, field sets: found an unknown key; "
        "allowed: title, title_en, description, description_en, owner, extends, set, add, drop; "
        "did you mean 'set'?",
    ]


def test_an_unknown_scenario_is_answered_with_the_nearest(egov):
    for command in ("check", "run"):
        status, out, err = egov(command, "baselin", "--data", TINY)
        assert (status, out) == (2, "")
        assert "found no scenario 'baselin'; allowed: baseline; did you mean 'baseline'?" in err


def test_a_folder_that_is_not_there(egov, tmp_path: Path):
    status, out, err = egov("check", "--data", tmp_path / "dta")
    assert (status, out) == (2, "")
    assert err == (
        "1 problem in the input; nothing was changed\ndta\n  - found no such folder; "
        "allowed: a folder with a data pack; give it with --data\n"
    )


# run


def test_run_prints_the_headline_as_json_with_whole_rupiah(egov):
    status, out, err = egov("run", "--format", "json", "--data", TINY)
    assert (status, err) == (0, "")
    figures = json.loads(out)
    assert figures["scenario"] == "baseline"
    money = {name: value for name, value in figures.items() if name.endswith("_idr")}
    assert {"total_idr", "new_money_idr", "running_idr", "ceiling_idr", "peak_year_idr"} <= set(money)
    assert all(type(value) is int for value in money.values())
    assert figures["total_idr"] == figures["new_money_idr"] + figures["running_idr"]
    assert figures["ceiling_idr"] == 2_000_000_000
    assert {"initiatives", "placed", "not_placed", "finish", "peak_need_fte", "hires_missing"} <= set(figures)
    assert (figures["initiatives"], figures["placed"] + figures["not_placed"]) == (3, 3)


def test_run_of_two_scenarios_is_a_list_in_the_order_asked_for(egov, pack: Path):
    scenario(pack, "hemat", "set:\n  settings.ceiling_factor: 0.8\n")
    status, out, _ = egov("run", "hemat", "baseline", "--format", "json", "--data", pack)
    assert status == 0
    assert [(f["scenario"], f["ceiling_idr"]) for f in json.loads(out)] == [("hemat", 1_600_000_000), ("baseline", 2_000_000_000)]


def test_run_as_csv(egov, pack: Path):
    scenario(pack, "hemat", "set:\n  settings.ceiling_factor: 0.8\n")
    status, out, err = egov("run", "baseline", "hemat", "--format", "csv", "--data", pack)
    assert (status, err) == (0, "")
    assert "\r" not in out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(r["scenario"], r["ceiling_idr"]) for r in rows] == [("baseline", "2000000000"), ("hemat", "1600000000")]


def test_run_as_a_table_has_a_column_for_each_scenario(egov, pack: Path):
    scenario(pack, "hemat", "set:\n  settings.ceiling_factor: 0.8\n")
    lines = egov("run", "baseline", "hemat", "--data", pack)[1].splitlines()
    assert lines[0].split() == ["scenario", "baseline", "hemat"]
    assert ["ceiling_idr", "2,000,000,000", "1,600,000,000"] in [line.split() for line in lines]
    assert len({len(line) for line in lines}) == 1


def test_set_changes_one_value(egov):
    arguments = (
        "run",
        "--format",
        "json",
        "--data",
        TINY,
        "--set",
        "settings.ceiling_factor=0.5",
        "--set",
        "ceilings.2028.dau.mode=900000000",
    )
    assert json.loads(egov(*arguments)[1])["ceiling_idr"] == 950_000_000


@pytest.mark.parametrize(
    ("assignment", "expected"),
    [
        ("settings.ceiling_factor", "--set 'settings.ceiling_factor': expected key=value, such as --set settings.ceiling_factor=0.8"),
        (
            "settings.ceiling_factor=1,5",
            "--set\n  - field settings.ceiling_factor: found '1,5'; allowed: a number such as 1250000 or 0.35 "
            "(no thousands separators, a point for decimals, no Rp)",
        ),
        (
            "setting.ceiling_factor=1",
            "did you mean 'settings'?",
        ),
    ],
)
def test_a_wrong_assignment(egov, assignment: str, expected: str):
    status, out, err = egov("run", "--data", TINY, "--set", assignment)
    assert (status, out) == (2, "")
    assert err.startswith("1 problem in the input; nothing was changed\n")
    assert expected in err


# the rest of the command line


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["chek"], "No such command 'chek'"),
        (["check", "--stict"], "No such option"),
        (["run", "--format", "xml"], "'xml' is not one of 'table', 'csv', 'json'"),
        (["run", "--set"], "requires an argument"),
        (["report", "--jobs", "0"], "0 is not in the range"),
    ],
)
def test_a_slip_on_the_command_line_ends_with_2(egov, arguments: list[str], expected: str):
    status, out, err = egov(*arguments)
    assert (status, out) == (2, "")
    assert expected in err


def test_help_of_every_command(egov):
    for name, command in cli.egov.commands.items():
        status, out, _ = egov(name, "--help")
        assert status == 0
        assert out.startswith(f"Usage: egov {name}")
        assert command.help


def test_version(egov):
    assert egov("--version")[:2] == (0, "egov, version 0.1.0\n")


def test_params_prints_the_description_of_the_pack(egov):
    status, out, _ = egov("params", "--format", "datapackage")
    assert (status, json.loads(out)) == (0, describe())


def test_a_failed_run_ends_with_1_and_a_sentence(egov, monkeypatch: pytest.MonkeyPatch):
    def fails(*_: object) -> None:
        raise EgovModelError("the notebook 02-anggaran could not be built")

    monkeypatch.setattr("egov_model.inputs.scenario.load_scenarios", fails)
    assert egov("check") == (1, "", "egov: the notebook 02-anggaran could not be built\n")


def test_interrupting_ends_with_130(egov, monkeypatch: pytest.MonkeyPatch):
    def stops(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("egov_model.inputs.scenario.load_scenarios", stops)
    assert egov("check") == (130, "", "\nstopped\n")  # on a line of its own, after the ^C


def test_clean_leaves_what_the_folder_tracks(egov, tmp_path: Path):
    (tmp_path / "baseline").mkdir()
    for name in ("README.md", "index.html", "baseline/01.html"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert egov("clean", "--out", tmp_path)[0] == 0
    assert [p.name for p in tmp_path.iterdir()] == ["README.md"]


# as programs of their own: exit statuses, and what they load


def test_python_m_and_egov_give_the_same_help(egov):
    started = outside("-m", "egov_model", "--help")
    assert (started.returncode, started.stderr) == (0, "")
    assert started.stdout == egov("--help")[1]
    assert started.stdout.startswith("Usage: egov [OPTIONS] COMMAND")


@pytest.mark.parametrize(("arguments", "status"), [(["check"], 0), (["check", "baselin"], 2), (["chek"], 2)])
def test_exit_statuses(arguments: list[str], status: int):
    started = outside("-m", "egov_model", *arguments)
    assert started.returncode == status
    assert "Traceback" not in started.stdout + started.stderr
    assert bool(started.stdout) == (status == 0)


def test_check_loads_no_heavy_library():
    heavy = ["pandas", "numpy", "matplotlib", "papermill", "nbconvert", "IPython"]
    code = f"""
import sys
from egov_model.cli import main
sys.argv = ["egov", "check"]
status = main()
print([name for name in {heavy} if name in sys.modules])
sys.exit(status)
"""
    started = outside("-c", code)
    assert started.returncode == 0, started.stderr
    assert started.stdout.splitlines()[-1] == "[]"
