"""One notebook to one file: strict parameters, no code in sight, the same bytes again, and on failure nothing but a clear message."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from report_samples import PARAMETERS, notebook

from egov_model.inputs.errors import InputError
from egov_model.inputs.place import ROOT
from egov_model.report import own_kernel
from egov_model.report.execute import typed
from egov_model.report.failure import RenderError
from egov_model.report.page import script
from egov_model.report.render import render
from egov_model.report.running import Kernels

GIVEN = {"scenario": "baseline", "language": "id", "data": ""}
NASTY = 'x"); import os; \\ {pm} </title><script>1</script> é'
CELLS = (
    "#md Teks *miring* dan [tautan](https://jdih.go.id).",
    """HTML(f'<h2>Satu & dua</h2><p class="note">{1 + 1}</p>')\n# rahasia kode""",
    "HTML('<h2>Tiga</h2><h2>Empat</h2><table><caption>Uji</caption><tr><td class=\"n\">1</td></tr></table>')",
    "import json, os, sys, matplotlib\n"
    "facts = [scenario, sys.executable == os.environ['WHO'], os.getcwd() == os.environ['WHERE'], os.environ['PYTHONHASHSEED'],\n"
    "         hash('a'), matplotlib.get_backend(), 'bad' in dir()]\n"
    "HTML('<pre>' + escape(json.dumps(facts)) + '</pre>')",
)


class Watched(Kernels):
    """Remembers every kernel that was ever started."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[subprocess.Popen[bytes]] = []

    def add(self, folder: Path, process: subprocess.Popen[bytes]) -> None:
        self.seen.append(process)
        super().add(folder, process)


@pytest.fixture
def kernels():
    """Kernels of a test; none may be left at its end."""
    watched = Watched()
    yield watched
    assert [process.pid for process in watched.seen if process.poll() is None] == []


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    """One notebook rendered twice to different places, under settings of a user that must not matter."""
    folder = tmp_path_factory.mktemp("render")
    with pytest.MonkeyPatch.context() as patch:
        startup = folder / "ipython" / "profile_default" / "startup" / "0.py"
        kernel = folder / "jupyter" / "kernels" / "python3" / "kernel.json"
        for path, text in ((startup, "bad = 1"), (kernel, '{"argv": ["false"], "display_name": "other", "language": "python"}')):
            path.parent.mkdir(parents=True)
            path.write_text(text, encoding="utf-8")
        for name, value in {"PYTHONSTARTUP": startup, "IPYTHONDIR": folder / "ipython", "JUPYTER_PATH": folder / "jupyter"}.items():
            patch.setenv(name, str(value))
        patch.setenv("WHO", sys.executable)
        patch.setenv("WHERE", str(ROOT))
        path = notebook(folder, *CELLS)
        targets = [folder / "a" / "satu.html", folder / "b" / "dua.html"]
        links = [("Semua", "../index.html", False), ("Uji & coba", "01-uji.html", True), ("Lain", "02-lain.html", False)]
        for target in targets:
            render(path, target, {**GIVEN, "scenario": NASTY}, language="id", links=links)
    return [target.read_bytes() for target in targets]


@pytest.fixture(scope="module")
def soup(twice):
    return BeautifulSoup(twice[0].decode(), "html.parser")


def test_the_same_notebook_gives_the_same_bytes(twice):
    assert twice[0] == twice[1]


def test_parameters_arrive_unchanged_and_the_kernel_is_ours(soup):
    assert json.loads(soup.pre.get_text())[:4] == [NASTY, True, True, "0"]
    assert json.loads(soup.pre.get_text())[5:] == ["agg", False]


def test_parameters_are_escaped_in_the_page(soup):
    assert [tag.get_text().strip() for tag in soup.find_all("script")] == [script("fold.js").strip()], "ours alone"
    assert soup.title.get_text() == "Satu jawaban · Rencana Uji"


def test_no_code_and_no_prompt_is_in_the_page(soup, twice):
    assert b"rahasia" not in twice[0]
    assert b"IPython" not in twice[0]
    assert not soup.select(".jp-InputArea, .jp-Cell, .highlight, .prompt, .jp-OutputPrompt")
    assert "In [" not in soup.get_text()


def test_nothing_is_loaded_from_outside(soup, twice):
    loading = [tag for tag in soup.find_all(True) for name in ("src", "srcset", "data", "poster") if tag.get(name)]
    assert loading == []
    assert [link["href"] for link in soup.find_all("link")] == ["data:,"]
    assert not re.search(rb"@import|url\((?!#|data:)", twice[0])
    assert soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"].startswith("default-src 'none'")


def test_page_has_language_skip_link_and_contents(soup):
    assert soup.html["lang"] == "id"
    assert soup.body.a["href"] == "#main"
    contents = [(a["href"], a.get_text()) for a in soup.select("nav.contents a")]
    assert contents == [("#satu-dua", "Satu & dua"), ("#tiga", "Tiga"), ("#empat", "Empat")]
    assert {h["id"] for h in soup.find_all("h2")} == {"satu-dua", "tiga", "empat"}
    assert soup.main.header.h1.get_text() == "Satu jawaban"
    assert soup.select_one("main footer") is None
    assert soup.select_one(".sheet > footer.page").get_text() == "kaki"
    assert soup.find("div", class_="scroll")["aria-label"] == "Uji"


def test_text_cells_are_shown(soup):
    assert soup.find("em").get_text() == "miring"
    assert soup.select_one(".body a")["href"] == "https://jdih.go.id"


def test_page_links_to_its_neighbours(soup):
    row = [(a.get_text(), a.get("aria-current")) for a in soup.select("nav.reports a")]
    assert row == [("Semua", None), ("Uji & coba", "page"), ("Lain", None)]
    assert [(a["rel"], a["href"]) for a in soup.select("nav.turn a")] == [(["prev"], "../index.html"), (["next"], "02-lain.html")]


def test_nothing_of_this_machine_is_in_the_page(twice):
    assert str(ROOT).encode() not in twice[0]
    assert sys.executable.encode() not in twice[0]


KINDS = {"s": "str", "n": "int", "x": "float", "b": "bool", "any": "None"}
DECLARED = {name: {"inferred_type_name": kind} for name, kind in KINDS.items()}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"scenaro": "x"}, "field scenaro: unknown parameter"),
        ({"sx": "a"}, "declared: s, n, x, b, any"),
        ({"s": 2.1}, "found 2.1 (float); allowed: str"),
        ({"s": None}, "found None (NoneType)"),
        ({"n": True}, "found True (bool); allowed: int"),
        ({"n": 1.0}, "allowed: int"),
        ({"n": "1"}, "found '1' (str)"),
        ({"x": True}, "allowed: a finite float"),
        ({"x": float("nan")}, "found nan"),
        ({"b": 1}, "allowed: bool"),
        ({"any": 1}, "write the type in the parameters cell"),
    ],
)
def test_a_parameter_has_to_be_what_the_notebook_declares(given, says):
    with pytest.raises(InputError, match=re.escape(says)):
        typed(DECLARED, given, "01-uji.ipynb")


def test_good_parameters_pass_and_every_bad_one_is_named_at_once():
    assert typed(DECLARED, {"s": "2.10", "n": 1, "x": 2, "b": False}, "n") == {"s": "2.10", "n": 1, "x": 2.0, "b": False}
    with pytest.raises(InputError) as caught:
        typed({**DECLARED, "scenario": {"inferred_type_name": "str"}}, {"scenaro": "x", "n": "1"}, "01-uji.ipynb")
    assert len(caught.value.problems) == 2
    assert "did you mean 'scenario'?" in str(caught.value)


def test_an_unknown_parameter_stops_before_anything_runs(tmp_path, kernels):
    with pytest.raises(InputError, match="did you mean 'scenario'"):
        render(notebook(tmp_path), tmp_path / "out.html", {"scenaro": "x"}, language="id", kernels=kernels)
    assert kernels.seen == []
    assert not (tmp_path / "out.html").exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot read this notebook"),
        ("{", "not a notebook"),
        ("no parameters", "no cell tagged 'parameters'"),
        ("two", "more than one cell"),
    ],
)
def test_a_file_that_is_no_notebook_of_ours_is_an_input_error(tmp_path, content, says):
    path = tmp_path / "01-uji.ipynb"
    if content == "{":
        path.write_text("{", encoding="utf-8")
    elif content is not None:
        made = json.loads(notebook(tmp_path).read_text(encoding="utf-8"))
        made["cells"][0]["metadata"]["tags"] = ["parameters"] if content == "two" else []
        made["cells"][1]["metadata"]["tags"] = ["parameters"] if content == "two" else []
        path.write_text(json.dumps(made), encoding="utf-8")
    with pytest.raises(InputError, match=says):
        render(path, tmp_path / "out.html", GIVEN, language="id")


def test_an_unknown_language_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="language 'jv'"):
        render(notebook(tmp_path), tmp_path / "out.html", GIVEN, language="jv")


@pytest.mark.parametrize(
    ("cells", "cell", "reason"),
    [
        pytest.param(
            ("x = 1", "\n# baca\nraise ValueError('\\x1b[31mpagu\\x1b[0m')"),
            "code cell 5 of 6 (# baca)",
            "ValueError: pagu",
            id="a cell raises",
        ),
        pytest.param(
            ("from egov_model.inputs.errors import InputError\nraise InputError('data/prices.csv: harga negatif')",),
            "code cell 4 of 5 (from egov_model.inputs.errors import InputError)",
            "data/prices.csv: harga negatif",
            id="our own error",
        ),
        pytest.param(
            ("#md teks", "import warnings\nwarnings.warn('usang')"), "code cell 4 of 5 (import warnings)", "wrote to stderr", id="a warning"
        ),
        pytest.param(("HTML('<p>')\n1 + 1",), "code cell 4 of 5 (HTML('<p>'))", "shows text/plain (2), but only HTML", id="a bare value"),
    ],
)
def test_a_report_that_fails_names_cell_and_reason_and_changes_nothing(tmp_path, kernels, cells, cell, reason):
    target = tmp_path / "out.html"
    target.write_text("lama", encoding="utf-8")
    with pytest.raises(RenderError) as caught:
        render(notebook(tmp_path, *cells), target, GIVEN, language="id", kernels=kernels)
    error = caught.value
    assert (error.notebook, error.cell) == ("01-uji.ipynb", cell)
    assert error.reason.startswith(reason)
    assert "Traceback" not in str(error)
    assert "\x1b" not in str(error)
    assert target.read_text(encoding="utf-8") == "lama"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["01-uji.ipynb", "out.html"]


def shown(text: str, kind: str = "text/html") -> dict:
    return {"output_type": "display_data", "metadata": {}, "data": {kind: text}}


def stream(name: str, text: str) -> dict:
    return {"output_type": "stream", "name": name, "text": text}


@pytest.mark.parametrize(
    ("cell", "output", "place", "reason"),
    [
        ("print()", stream("stdout", "\n hai\nya\n"), "code cell 4 of 5 (print())", "wrote to stdout, which a report must not show: hai"),
        ("plot()", shown("iVBO", "image/png"), "code cell 4 of 5 (plot())", "shows image/png, but only HTML can be placed"),
        ("x", shown("<div>"), "code cell 4 of 5 (x)", "<div> is not closed"),
        ("#md <script>1</script>", None, "cell 4 of 5 (<script>1</script>)", "<script> has no place"),
        ("x", shown("<h1>dua</h1>"), "", "a report needs exactly one h1 with text; found 2"),
        ("x", shown(f"<p>{ROOT}/data</p>"), "", "the page shows a folder of this machine"),
    ],
)
def test_what_a_report_must_not_show_is_refused(tmp_path, monkeypatch, cell, output, place, reason):
    """As above, but with outputs as a kernel leaves them instead of a kernel."""
    executed = nbformat.read(notebook(tmp_path, cell), as_version=4)
    executed.cells[2].outputs = [nbformat.from_dict(shown("<h1>satu</h1>"))]
    if output:
        executed.cells[3].outputs = [nbformat.from_dict(output)]
    monkeypatch.setattr("egov_model.report.render.execute", lambda *_, **__: executed)
    with pytest.raises(RenderError) as caught:
        render(tmp_path / "01-uji.ipynb", tmp_path / "out.html", GIVEN, language="id")
    assert caught.value.cell == place
    assert caught.value.reason.startswith(reason)
    assert not (tmp_path / "out.html").exists()


def test_blank_prints_are_no_debris(tmp_path, monkeypatch):
    executed = nbformat.read(notebook(tmp_path, "print()"), as_version=4)
    executed.cells[2].outputs = [nbformat.from_dict(shown("<h1>satu</h1>")), nbformat.from_dict(stream("stdout", " \n"))]
    monkeypatch.setattr("egov_model.report.render.execute", lambda *_, **__: executed)
    render(tmp_path / "01-uji.ipynb", tmp_path / "out.html", GIVEN, language="id")
    assert "<h1>satu</h1>" in (tmp_path / "out.html").read_text(encoding="utf-8")


def test_a_kernel_that_dies_is_told_with_its_cell_and_leaves_nothing_behind(tmp_path, kernels):
    cell = "import os, sys, subprocess\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\nos._exit(3)"
    with pytest.raises(RenderError, match=r"code cell 4 of 5 \(import os, sys, subprocess\): the Python process of the notebook died"):
        render(notebook(tmp_path, cell), tmp_path / "out.html", GIVEN, language="id", kernels=kernels)


def test_a_notebook_that_takes_too_long_is_stopped(tmp_path, kernels):
    started = time.monotonic()
    with pytest.raises(RenderError, match=r"code cell 4 of 5 .*: took longer than the time limit of 2 s"):
        render(notebook(tmp_path, "import time; time.sleep(60)"), tmp_path / "out.html", GIVEN, language="id", kernels=kernels, limit=2)
    assert time.monotonic() - started < 20


def test_a_kernel_that_cannot_start_is_told_with_its_last_words(tmp_path, kernels, monkeypatch):
    monkeypatch.setattr(own_kernel, "environment", lambda folder: {"PYTHONHASHSEED": "salah"})
    with pytest.raises(RenderError, match="did not start: .*last words: Fatal Python error"):
        render(notebook(tmp_path), tmp_path / "out.html", GIVEN, language="id", kernels=kernels)


def test_stopping_from_another_thread_ends_the_run(tmp_path, kernels):
    timer = threading.Timer(1.5, kernels.stop)
    timer.start()
    with pytest.raises(RenderError):
        render(notebook(tmp_path, "import time; time.sleep(60)"), tmp_path / "out.html", GIVEN, language="id", kernels=kernels)
    timer.join()
    with pytest.raises(RenderError):  # and nothing can be started any more
        render(notebook(tmp_path), tmp_path / "out.html", GIVEN, language="id", kernels=kernels)


def test_stored_outputs_do_not_leak_and_every_page_needs_its_title(tmp_path, kernels):
    path = notebook(tmp_path, "", frame=False)
    made = json.loads(path.read_text(encoding="utf-8"))
    made["cells"][-1]["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": {"text/html": "<h1>lama</h1>"}}]
    path.write_text(json.dumps(made), encoding="utf-8")
    with pytest.raises(RenderError, match="found 0"):
        render(path, tmp_path / "out.html", GIVEN, language="id", kernels=kernels)


def test_the_sample_declares_what_reports_declare():
    assert [line.split(":")[0] for line in PARAMETERS.splitlines()] == list(GIVEN)
