"""Names that mean harm, in a real browser: nothing runs, and the layout holds on a phone."""

from __future__ import annotations

from pathlib import Path

import plan_samples
import pytest
from page_rules import visit

from egov_model.report.publish import publish

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
HARM = '\u202e<script>console.error("ran")</script>"><img src=x onerror=console.error("ran")>=HYPERLINK("http://x")'
LONG = "a" * 10_000


@pytest.fixture(scope="module", params=[HARM, LONG], ids=["harm", "long"])
def pages(request, tmp_path_factory):
    """Reports of a pack whose every text begins with a harm, and the index over them."""
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan_samples, "HARM", request.param)
        pack = plan_samples.harmful_pack(folder)
    for name in ("tight", plan_samples.ANYWAY):
        (pack / "scenarios" / f"{name}.yaml").unlink()
    asked = {"scenarios": ["baseline"], "notebooks": ["01", "04", "05", "08"], "agencies": ["kominfo"], "language": "id"}
    assert publish(NOTEBOOKS, pack, folder / "out", **asked, jobs=2, force=False, talk=lambda line: None) == 0
    return sorted((folder / "out").rglob("*.html"))


def test_nothing_runs_and_nothing_sticks_out(browser, pages):
    assert len(pages) >= 5
    assert {path.name: found for path in pages if (found := visit(browser, path, "id").problems())} == {}
