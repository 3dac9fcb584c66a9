"""A report follows from what its notebook asks for and what that imports; what really runs while it is made is never more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from egov_model.inputs.place import ROOT
from egov_model.report.freshness import notebook_cells
from egov_model.report.uses import front_door, imported, package_files, used_files

FILES = package_files(ROOT)
NOTEBOOKS = sorted(path for path in ROOT.glob("notebooks/[01][0-9]-*.ipynb") if path.name[:2] != "00")
SMALL = {
    "__init__.py": '_ROOMS = {"page": "egov_model.report.notebook", "plan": "egov_model.model.plan"}',
    "model/plan.py": "from egov_model.inputs import (\n    tables as t,  # why\n    errors,\n)",
    "inputs/tables.py": "import egov_model.inputs.place",
    "inputs/place.py": "", "inputs/errors.py": "", "inputs/__init__.py": "", "cli.py": "",
    "report/notebook.py": "from egov_model.report.contents import TABLES\nALWAYS = 'dates'",
    "report/contents.py": "from egov_model.report import (\n    a_view,\n    b_view,\n    c_view,\n)\n"
    'TABLES = {\n    "costs": a_view.costs,\n    "dates": b_view.dates,\n    "roles": c_view.roles,\n}',
    "report/a_view.py": "def costs():\n    from egov_model.report.deep import x",
    "report/b_view.py": "", "report/c_view.py": "", "report/deep.py": "",
    "report/render.py": "", "report/exports.py": "from egov_model.model.plan import Plan",
    "report/template/page.j2": "", "report/locale/id.po": "", "report/x.css": "",
}  # fmt: skip


def used(notebook: str | None, language: str = "id", **changes: str) -> set[str]:
    return used_files({name: text.encode() for name, text in (SMALL | changes).items()}, notebook, language)


def test_a_notebook_follows_from_the_views_it_names_and_from_what_they_import():
    always = {"__init__.py", "report/render.py", "report/x.css", "report/template/page.j2", "report/locale/id.po"}
    page = {"report/notebook.py", "report/contents.py", "report/b_view.py"}  # the page itself asks for the dates
    assert used("nothing of ours") == always
    assert used("page") == always | page
    assert used('page.table("costs")') == always | page | {"report/a_view.py", "report/deep.py"}
    assert used("page; plan") == always | page | {"model/plan.py", "inputs/tables.py", "inputs/errors.py", "inputs/place.py"}
    assert used("page", "en") == always - {"report/locale/id.po"} | page


def test_files_beside_the_reports_need_no_template():
    model = {"model/plan.py", "inputs/tables.py", "inputs/errors.py", "inputs/place.py"}
    assert used(None) == model | {"__init__.py", "report/exports.py", "report/x.css", "report/locale/id.po"}


def test_what_the_contents_import_for_anything_else_counts_always():
    text = SMALL["report/contents.py"] + "\nfrom egov_model.inputs.place import X"
    assert "inputs/place.py" in used("page", **{"report/contents.py": text})


def test_a_package_that_cannot_be_understood_counts_as_a_whole():
    files = {name: b"" for name in ("a.py", "report/locale/id.po")}
    assert used_files(files, "page", "id") == set(files)


def test_imports_are_found_wherever_they_stand():
    texts = {"a.py": "def f():\n    from egov_model import b\nif x:\n    import egov_model.c", "b.py": "", "c.py": "", "__init__.py": ""}
    assert imported(texts, "a.py") == {"b.py", "c.py"}
    assert imported(texts | {"a.py": "from egov_model import name"}, "a.py") == {"__init__.py"}


def test_the_front_door_is_read_without_opening_it():
    import egov_model

    assert front_door(ROOT) == {name: module.removeprefix("egov_model.") for name, module in egov_model._ROOMS.items()}


TRACE = """
import json, os, sys, threading
import egov_model.report.exports, egov_model.report.notebook, egov_model.report.contents  # only what runs counts, not what is imported
def traced(cells, result):
    seen = set()
    def note(frame, event, arg):
        if event == "call":
            seen.add(frame.f_code.co_filename)
    threading.setprofile(note)
    sys.setprofile(note)
    space = {}
    for source in cells:
        exec(source, space)
    sys.setprofile(None)
    with open(result, "w", encoding="utf-8") as file:
        json.dump(sorted(seen), file)
for cells, result in json.loads(sys.argv[1]):  # a child each, which begins where nothing has run
    child = os.fork()
    if not child:
        traced(cells, result)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        sys.exit(result + ": failed")
"""


def cells_of(path: Path) -> list[str]:
    """The code of a notebook, over the tiny pack."""
    cells = [source for kind, tags, source in notebook_cells(path) or () if kind == "code"]
    cells[0] += f"\ndata = {str(ROOT / 'tests' / 'tiny')!r}"
    return cells


@pytest.fixture(scope="module")
def traces(tmp_path_factory) -> dict[Path, list[str]]:
    """The files whose code runs while each notebook does."""
    folder = tmp_path_factory.mktemp("traces")
    asked = [(cells_of(path), str(folder / f"{path.stem}.json")) for path in NOTEBOOKS]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", TRACE, json.dumps(asked)], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {path: json.loads(Path(result).read_text(encoding="utf-8")) for path, (_, result) in zip(NOTEBOOKS, asked, strict=True)}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_nothing_else_runs_while_a_report_is_made(traces, path: Path):
    cells, files = cells_of(path), traces[path]
    package = ROOT / "egov_model"
    ran = {Path(name).relative_to(package).as_posix() for name in files if name.startswith(str(package))}
    assert len(ran) > 30
    assert sorted(ran - used_files(FILES, "\n".join(cells), "id")) == []
