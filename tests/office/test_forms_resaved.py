"""LibreOffice opens a survey form and saves it again: it is still a form, and an answer given in it arrives."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from broken_packs import copy_of_tiny
from survey_samples import SAY, WORDS, cell_of, fill_in, form, pack_of

from egov_model.inputs.pack import PROJECT_DATA
from egov_model.inputs.survey_scope import FACTS

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
SECONDS = 120


def resaved(files: list[Path], folder: Path) -> list[Path]:
    """Each workbook as LibreOffice saves it."""
    assert OFFICE, "LibreOffice is not installed; on Debian: apt-get install libreoffice-calc"
    made = folder / "made"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--norestore", "--convert-to", "xlsx", "--outdir", str(made), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    missing = [f.name for f in files if not (made / f.name).is_file()]
    assert not missing, f"LibreOffice wrote no {missing}: status {done.returncode}\n{done.stdout}\n{done.stderr}"
    return [made / f.name for f in files]


@pytest.fixture(scope="module")
def saved(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("forms")
    untouched = [form(folder, agency, PROJECT_DATA) for agency in ("diskominfo", "kec-820408", "dinkes")]
    tiny = fill_in(form(folder, "kominfo"), {("agencies", "kominfo", "users"): 25, ("applications", "surat", "state"): "dipakai sebagian"})
    return dict(zip(("diskominfo", "kecamatan", "dinkes", "tiny"), resaved([*untouched, tiny], folder), strict=True))


@pytest.mark.parametrize("name", ["diskominfo", "kecamatan", "dinkes"])
def test_a_form_that_was_only_saved_again_changes_nothing(egov, saved, name):
    status, out, err = egov("survey", "import", saved[name])
    assert (status, out) == (0, ""), err
    assert "the forms change nothing" in err


def test_an_answer_arrives(egov, tmp_path, saved):
    data = copy_of_tiny(tmp_path)
    status, out, err = egov("survey", "import", saved["tiny"], "--data", data, "--apply", "--format", "csv")
    assert status == 0, err
    assert "agencies,kominfo,users,20,25" in out and "applications,surat,state,running,partial" in out
    assert pack_of(data).rows["agencies"]["kominfo"].users == 25


def test_locks_lists_and_hidden_sheets_outlive_it(saved):
    book = openpyxl.load_workbook(saved["tiny"])
    sheet = book[WORDS.sheets["applications"]]
    assert sheet.protection.sheet and not sheet.protection.password
    assert cell_of(book, "applications", "surat", "key").protection.locked
    asked = cell_of(book, "applications", "surat", "state")
    assert not asked.protection.locked
    assert any(asked.coordinate in check.sqref and check.type == "list" for check in sheet.data_validations.dataValidation)
    assert book[FACTS].sheet_state in ("hidden", "veryHidden")
    assert book[WORDS.cover].cell(4, 1).value == SAY("Who fills in")
