"""The four places that name a dependency say the same: pyproject.toml, requirements.lock, environment.yml, egov_model/environment.py."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from ruamel.yaml import YAML

from egov_model import __main__ as start
from egov_model import environment

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUNTIME = [Requirement(text) for text in PROJECT["dependencies"]]
DECLARED = RUNTIME + [Requirement(text) for text in PROJECT["optional-dependencies"]["dev"]]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
CONDA_NAMES = {"matplotlib": "matplotlib-base", "playwright": "playwright-python", "ortools": "ortools-python"}
IMPORT_NAMES = {"salib": "SALib", "babel": "babel", "ruamel-yaml": "ruamel.yaml"}


def by_name(requirements: list[Requirement]) -> dict[str, str]:
    """Canonical name -> version range, `~=2.7.0` written out as conda has it to be."""
    return {canonicalize_name(r.name): plain(str(r.specifier)) for r in requirements}


def plain(specifier: str) -> str:
    """One spelling for equal ranges: sorted, and `~=a.b.c` as `>=a.b.c,<a.(b+1)`."""
    compatible = re.fullmatch(r"~=(\d+)\.(\d+)\.(\d+)", specifier)
    if compatible:
        major, minor, _ = map(int, compatible.groups())
        specifier = f">={specifier[2:]},<{major}.{minor + 1}"
    return ",".join(sorted(part.strip() for part in specifier.split(",")))


def conda_packages() -> dict[str, str]:
    listed = YAML(typ="safe").load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    by_pip = next(entry["pip"] for entry in listed if isinstance(entry, dict))
    by_conda = [line for line in listed if isinstance(line, str) and line != "pip"]
    return {name: plain(version) for name, version in (line.split(" ", 1) for line in by_conda + by_pip)}


def locked_versions() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", LOCK, flags=re.MULTILINE):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


def test_conda_environment_equals_pyproject():
    wanted = {CONDA_NAMES.get(name, name): versions for name, versions in by_name(DECLARED).items()}
    wanted["ruamel.yaml"] = wanted.pop("ruamel-yaml")
    wanted["python"] = PROJECT["requires-python"]
    assert conda_packages() == wanted


@pytest.mark.parametrize("requirement", DECLARED, ids=lambda r: r.name)
def test_lock_holds_every_dependency_within_its_range(requirement):
    versions = locked_versions().get(canonicalize_name(requirement.name), [])
    assert versions, f"{requirement.name} is not in requirements.lock: renew it as its first lines say"
    assert all(requirement.specifier.contains(version) for version in versions)


@pytest.mark.parametrize("requirement", RUNTIME, ids=lambda r: r.name)
def test_lock_gives_every_machine_the_same_version_of_what_makes_the_figures(requirement):
    assert len(locked_versions()[canonicalize_name(requirement.name)]) == 1


def test_every_locked_package_has_a_hash_and_no_address_of_its_own():
    entries = re.split(r"^(?=[A-Za-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert [e.splitlines()[0] for e in entries if "--hash=sha256:" not in e] == []
    code = [line for line in LOCK.splitlines() if not line.lstrip().startswith("#")]
    assert [line for line in code if "://" in line or line.startswith("-") or "/" in line.split(";")[0]] == []


def test_modules_looked_for_at_the_start_are_the_runtime_dependencies():
    assert sorted(environment.IMPORTED) == sorted(IMPORT_NAMES.get(name, name) for name in by_name(RUNTIME))
    assert environment.missing_packages() == []


def fake_project(root: Path) -> Path:
    """A folder with a lock file and a `.venv` that claims to be finished."""
    (root / "requirements.lock").write_text("# nothing\n", encoding="utf-8")
    python = environment.venv_python(root)
    python.parent.mkdir(parents=True)
    python.write_text("", encoding="utf-8")
    digest = hashlib.sha256((root / "requirements.lock").read_bytes()).hexdigest()
    (root / ".venv" / environment.STAMP).write_text(f"{digest}\n{root.resolve()}\n", encoding="utf-8", newline="\n")
    return root


@pytest.fixture
def commands(monkeypatch) -> list[list[str]]:
    """Every command the environment would run; none is run."""
    seen: list[list[str]] = []
    monkeypatch.setattr(environment, "_run", lambda command, advice: seen.append(command))
    monkeypatch.setattr(environment, "_make_importable", lambda root: None)
    return seen


def test_a_finished_environment_is_left_alone(tmp_path, commands, capsys):
    root = fake_project(tmp_path)
    assert environment.ensure(root) == environment.venv_python(root)
    assert commands == []
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("change", ["lock changed", "half made", "folder moved", "python gone"])
def test_an_environment_that_does_not_fit_is_made_again(tmp_path, commands, change, capsys):
    root = fake_project(tmp_path)
    stamp = root / ".venv" / environment.STAMP
    if change == "lock changed":
        (root / "requirements.lock").write_text("# something else\n", encoding="utf-8")
    elif change == "half made":
        stamp.unlink()
    elif change == "folder moved":
        stamp.write_text(stamp.read_text(encoding="utf-8").replace(str(root.resolve()), "elsewhere"), encoding="utf-8")
    else:
        environment.venv_python(root).unlink()
    environment.ensure(root)
    make, install = commands
    assert make[1:] == ["-m", "venv", "--clear", str(root / ".venv")]
    assert "--require-hashes" in install
    captured = capsys.readouterr()
    assert "sekali saja" in captured.err
    assert captured.out == ""


def test_an_installation_that_fails_leaves_no_stamp(tmp_path, monkeypatch):
    root = fake_project(tmp_path)
    (root / ".venv" / environment.STAMP).unlink()
    monkeypatch.setattr(environment, "_create", lambda venv: None)
    monkeypatch.setattr(environment, "venv_python", lambda root: Path(sys.executable))
    (root / "requirements.lock").write_text("no-such-package==1 --hash=sha256:" + "0" * 64 + "\n", encoding="utf-8")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(environment.EnvironmentProblem, match="Is there a network") as caught:
        environment.ensure(root)
    assert caught.value.status == 1
    assert not (root / ".venv" / environment.STAMP).exists()


def test_missing_venv_module_says_what_to_install(tmp_path, monkeypatch):
    (tmp_path / "requirements.lock").write_text("", encoding="utf-8")
    monkeypatch.setattr(environment, "_importable", lambda name: name != "ensurepip")
    with pytest.raises(environment.EnvironmentProblem, match="apt install python3-venv") as caught:
        environment.ensure(tmp_path)
    assert caught.value.status == 2


def test_an_old_python_is_told_so(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "MINIMUM", (9, 9))
    with pytest.raises(environment.EnvironmentProblem, match="Needs Python 9.9 or newer") as caught:
        environment.ensure(tmp_path)
    assert caught.value.status == 2


def test_a_package_without_its_project_is_told_so(tmp_path):
    with pytest.raises(environment.EnvironmentProblem, match="requirements.lock"):
        environment.ensure(tmp_path)


def test_command_runs_again_in_the_environment_and_passes_its_status_on(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "ensure", lambda root: Path(sys.executable))
    monkeypatch.chdir(ROOT)
    assert environment.run_again(["env", "--no-such-option"]) == 2


def test_start_from_a_bare_python_goes_on_in_the_environment(monkeypatch):
    monkeypatch.setattr(environment, "missing_packages", lambda: ["pandas"])
    monkeypatch.setattr(environment, "runs_inside", lambda: False)
    monkeypatch.setattr(environment, "run_again", lambda arguments: 7 if arguments == ["report", "lean"] else 0)
    assert start.main(["report", "lean"]) == 7


def test_start_says_what_stops_it(monkeypatch, capsys):
    monkeypatch.setattr(environment, "missing_packages", lambda: ["pandas"])
    monkeypatch.setattr(environment, "runs_inside", lambda: False)
    monkeypatch.setattr(environment, "MINIMUM", (9, 9))
    assert start.main(["report"]) == 2
    assert "Needs Python 9.9" in capsys.readouterr().err


def test_start_in_a_damaged_environment_does_not_run_in_circles(monkeypatch, capsys):
    monkeypatch.setattr(environment, "missing_packages", lambda: ["pandas"])
    monkeypatch.setattr(environment, "runs_inside", lambda: True)
    assert start.main(["report"]) == 2
    assert "lacks pandas" in capsys.readouterr().err


def test_bare_python_knows_what_it_lacks():
    """-I -S: no site-packages at all, as on a machine with nothing but Python."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from egov_model import environment as e; print(*e.missing_packages())"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == list(environment.IMPORTED)
