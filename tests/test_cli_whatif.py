"""`egov what-if` refuses bad input before it opens anything, and hands the notebook its parameters."""

from __future__ import annotations

import json
from pathlib import Path

from tiny_pack import TINY

from egov_model.cli_whatif import NOTEBOOK, TEMPLATES, with_parameters


def test_an_unknown_scenario_is_refused_before_anything_opens(egov):
    status, out, err = egov("what-if", "tiada", "--data", TINY, "--no-browser")
    assert (status, out) == (2, "")
    assert "no scenario 'tiada'" in err


def test_the_notebook_gets_its_parameters_and_keeps_the_rest():
    before = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    made = json.loads(with_parameters(NOTEBOOK, scenario="lean", data='C:\\a "b"'))
    names: dict[str, str] = {}
    exec(made["cells"][0]["source"], names)  # noqa: S102
    assert (names["scenario"], names["data"]) == ("lean", 'C:\\a "b"')
    assert made["cells"][1:] == before["cells"][1:]


def test_the_page_frame_asks_the_network_for_nothing():
    for path in Path(TEMPLATES).rglob("*"):
        assert not path.is_file() or "http" not in path.read_text(encoding="utf-8")
