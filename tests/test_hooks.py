"""The commit hooks: what they mend, what they refuse, and what nbstripout must leave in a notebook."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import nbformat
import pytest

HOOKS = Path(__file__).resolve().parent.parent / ".ci" / "hooks.py"


@pytest.fixture(scope="module")
def hooks():
    spec = importlib.util.spec_from_file_location("hooks", HOOKS)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_notebook_loses_outputs_but_keeps_kernel_tags_and_ids(hooks, tmp_path, capsys):
    parameters = nbformat.v4.new_code_cell("seed: int = 1  # root of every stream", id="kept", metadata={"tags": ["parameters"]})
    parameters.update(execution_count=7, outputs=[nbformat.v4.new_output("stream", text="1")])
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python", "version": "3.11.7"}}
    path = tmp_path / "page.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[parameters], metadata=metadata), path)

    assert hooks.main(["nbstripout", str(path)]) == 1
    stripped = nbformat.read(path, as_version=4)
    (cell,) = stripped.cells
    assert (cell.outputs, cell.execution_count, cell.id, cell.metadata) == ([], None, "kept", {"tags": ["parameters"]})
    assert stripped.metadata == {"kernelspec": kernel, "language_info": {"name": "python"}}
    assert hooks.main(["nbstripout", str(path)]) == 0, "a second run finds nothing"


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a.csv", b"a,b\r\n1,2\r\n", b"a,b\n1,2\n"),
        ("a.py", b"x = 1  \n\n\n", b"x = 1\n"),
        ("a.md", b"line  \nnext", b"line  \nnext\n"),
        ("empty.py", b"", b""),
    ],
)
def test_text_is_mended_once(hooks, tmp_path, name, before, after, capsys):
    path = tmp_path / name
    path.write_bytes(before)
    assert hooks.main(["text", str(path)]) == (before != after)
    assert path.read_bytes() == after
    assert hooks.main(["text", str(path)]) == 0


def test_large_files_are_refused(hooks, tmp_path, capsys):
    path = tmp_path / "big.html"
    path.write_bytes(b"x" * hooks.LARGEST)
    assert hooks.main(["large", str(path)]) == 0
    path.write_bytes(b"x" * (hooks.LARGEST + 1))
    assert hooks.main(["large", str(path)]) == 1
    assert "big.html: 1.0 MB" in capsys.readouterr().out
