"""One notebook with its parameters becomes one self-contained HTML file, or nothing changes."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from egov_model.inputs.errors import EgovModelError
from egov_model.inputs.place import ROOT
from egov_model.report.execute import LIMIT, execute
from egov_model.report.failure import RenderError, label, plain, shortened
from egov_model.report.figure_cells import figure_cells
from egov_model.report.foreign import foreign_texts, with_languages
from egov_model.report.forks import Warm
from egov_model.report.freshness import figures_of
from egov_model.report.outline import Outline, outline
from egov_model.report.own_kernel import cold
from egov_model.report.page import TEMPLATE, Link, fill, neighbours, script, words, write_whole
from egov_model.report.running import Kernels


def render(
    notebook: Path,
    target: Path,
    parameters: Mapping[str, object],
    *,
    language: str,
    links: Sequence[Link] = (),
    limit: float = LIMIT,
    kernels: Kernels | None = None,
    warm: Callable[[], Warm | None] = cold,
    facts: Sequence[tuple[str, object]] = (),
) -> None:
    """Run a notebook and write its report and, beside it as `.json`, every figure it prints; the same inputs give the same bytes.

    language: "id" or "en", of the page's frame (the notebook gets its own as a parameter); links: (label, address, is this page)
    for the row of links to the scenario's other reports; limit: seconds the notebook may take; kernels: register that can stop it;
    warm: gives the process to fork its kernel from; facts: what the page is made of (see `report.traces`), for its foot.
    Raises `InputError` (unknown parameter, wrong type, unknown language) or `RenderError`; the old report then stays as it was.
    """
    words(language)
    executed = execute(notebook, parameters, limit=limit, kernels=kernels, warm=warm)
    refuse_debris(executed, notebook.name)
    traced, cells = figure_cells(body(executed))
    if language != "id":
        traced = with_languages(traced, foreign_texts(str(parameters.get("data", ""))))
    found = outline(traced, words(language)["table"])
    text = page(found, executed, notebook.name, language, links, facts)
    try:
        write_whole(target.with_name(figures_of(target.stem)), cells.text(language))
        write_whole(target, text)
    except EgovModelError as error:
        raise RenderError(notebook.name, "", str(error)) from None


def refuse_debris(executed: Any, name: str) -> None:
    """A report shows pages, not what a program says while it runs: `RenderError` for prints, warnings and bare values."""
    for index, cell in enumerate(executed.cells):
        for output in cell.get("outputs", []):
            if output.output_type == "stream":
                said = next((line.strip() for line in output.text.splitlines() if line.strip()), "")
                reason = f"wrote to {output.name}, which a report must not show: {shortened(plain('', said), 200)}" if said else ""
            else:
                kinds = ", ".join(output.get("data", {})) or output.output_type
                value = str(output.get("data", {}).get("text/plain", ""))
                shown = f" ({shortened(value.splitlines()[0], 80)})" if value else ""
                reason = "" if "text/html" in output.get("data", {}) else f"shows {kinds}{shown}, but only HTML can be placed in a report"
            if reason:
                raise RenderError(name, label(executed, index), reason)


def body(executed: Any) -> str:
    """What the cells show, through our nbconvert template: HTML outputs and text cells, each begun by a comment with its cell."""
    return _exporter().from_notebook_node(executed)[0]


@functools.cache
def _exporter() -> Any:
    """nbconvert with our template; its `HTMLExporter` would parse and rewrite every figure, so its plainer parent is used."""
    from nbconvert.exporters.templateexporter import TemplateExporter
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    def markdown(source: str) -> str:
        return MarkdownWithMath(renderer=IPythonRenderer(escape=False, exclude_anchor_links=True)).render(source)

    return TemplateExporter(
        template_name="body",
        template_file="index.html.j2",
        extra_template_basedirs=[str(TEMPLATE)],
        file_extension=".html",
        filters={"markdown": markdown},
    )


def page(
    found: Outline, executed: Any, name: str, language: str, links: Sequence[Link], facts: Sequence[tuple[str, object]] = ()
) -> str:  # fmt: skip
    """The whole file, or `RenderError` when the body is not fit for one."""
    from markupsafe import Markup

    for cell, reason in found.problems[:1]:
        raise RenderError(name, label(executed, cell) if cell >= 0 else "", reason)
    if len(found.titles) != 1 or not found.titles[0]:
        raise RenderError(name, "", f"a report needs exactly one h1 with text; found {len(found.titles)}")
    before, after = neighbours(links)
    text = fill(
        "report.html.j2",
        language,
        script=script("fold.js"),
        title=" · ".join(filter(None, (found.titles[0], found.plan))),
        printed=found.titles[0],
        links=links,
        before=before,
        after=after,
        contents=found.headings if len(found.headings) > 2 else [],
        header=Markup(found.header),
        decision=Markup(found.decision),
        body=Markup(found.changed.strip()),
        footer=Markup(found.footer),
        facts=facts,
    )
    for place in (str(ROOT), ROOT.as_posix()):
        if len(ROOT.parts) > 2 and re.search(re.escape(place) + r"\b", text):
            raise RenderError(name, "", "the page shows a folder of this machine")
    return text
