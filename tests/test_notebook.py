"""What notebooks call: every piece in both languages for every plan, and no text of the data becomes markup."""

from __future__ import annotations

import html
import re

import pytest
from bs4 import BeautifulSoup
from plan_samples import HARM, LANGUAGES, PAGES, edge, harmful_pack, plan_of, project
from tiny_pack import TINY

import egov_model
from egov_model.analysis.compare import headline
from egov_model.analysis.focus_group import focus_group
from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario import ANYWAY, load_scenario
from egov_model.model.plan import build_plan
from egov_model.report.answers import anyway
from egov_model.report.contents import FIGURES, FINDINGS, TABLES
from egov_model.report.fragments import Html
from egov_model.report.notebook import Report, report_page
from egov_model.report.wording import speak
from egov_model.report.words import SECTIONS

both_languages = pytest.mark.parametrize("language", LANGUAGES)
WHOLE = ("about", "register", "legal", "footer", "without_plan", "focus_group")
HTML = {"value", "data-as", "data-name", "class", "scope", "colspan", "data-label", "tabindex", "role", "aria-label"}
SVG = {"xmlns", "xmlns:xlink", "viewbox", "type", "id", "d", "x", "y", "width", "height", "transform", "clip-path", "xlink:href"}
SVG |= {"fill", "fill-opacity", "opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-dashoffset"}
SVG |= {"stroke-linejoin", "stroke-linecap", "font-size", "font-weight", "font-style", "text-anchor", "patternunits"}


def pieces(page: Report, figures: bool = True) -> dict[str, Html]:
    """Everything the page can show."""
    made = {name: getattr(page, name)() for name in WHOLE}
    made |= {"header": page.header("budget")} | {f"sentence {name}": page.sentence(name) for name in FINDINGS}
    made |= {f"table {name}": page.table(name) for name in TABLES}
    return made | ({f"figure {name}": page.figure(name) for name in FIGURES} | {"gantt": page.gantt()} if figures else {})


@pytest.mark.parametrize(("name", "language"), PAGES)
def test_every_piece_can_be_shown_for_every_plan(name, language):
    page = report_page(plan_of(name), language, without=plan_of("only what runs"))
    drawn = name == "as it is"  # tests/test_figures.py draws the figures of every plan and reads their text as this test does
    for key, piece in pieces(page, drawn).items():
        assert isinstance(piece, Html) and piece._repr_html_() == str(piece), key
        text = html.unescape(re.sub(r"<[^>]*>", " ", str(piece)))  # no parser: figures are megabytes
        assert not re.search(r"\{\w+\}|\bnan\b|\bNone\b|\bNaT\b", text), key
        assert str(piece) or (key == "gantt" and not page.plan.initiatives["works"].any())


@pytest.fixture(scope="module")
def harmful(tmp_path_factory):
    """Plans of a pack whose every text means harm: all fits, little fits, and what happens anyway."""
    pack = harmful_pack(tmp_path_factory.mktemp("harm"))
    plans = {name: build_plan(load_scenario(name, pack)) for name in ("baseline", "tight")} | {ANYWAY: anyway(pack)}
    return plans | {"group": focus_group(plans["baseline"], pack)}


@pytest.mark.parametrize("name", ["baseline", "tight"])
@both_languages
def test_no_text_of_the_data_becomes_markup(harmful, name, language):
    carried, drawn = set(), (name, language) in (("baseline", "id"), ("tight", "en"))
    for key, piece in pieces(report_page(harmful[name], language, without=harmful[ANYWAY], group=harmful["group"]), drawn).items():
        text = str(piece)
        soup = BeautifulSoup(text, "html.parser")
        assert "<script" not in text.lower() and "<img" not in text.lower(), key
        assert not re.search(r"&(?!(amp|lt|gt|quot|#34|#39);)", text), key
        for tag in soup.find_all(True):
            allowed = SVG | {"role", "aria-label"} if tag.find_parent("svg") or tag.name == "svg" else HTML
            assert set(tag.attrs) <= allowed, (key, tag.attrs)
        if HARM in soup.get_text() or any(HARM in str(v) for tag in soup.find_all(True) for v in tag.attrs.values()):
            carried.add(key)
    wanted = {"about", "header", "register", "legal", "without_plan", "sentence drivers"}
    wanted |= {"table by_agency", "table by_code", "table funds"}
    wanted |= {f"table {table}" for table in ("by_initiative", "cost_drivers", "milestones", "dates", "roles", "settings", "influence")}
    wanted |= {"focus_group"}
    wanted |= {"gantt"} if drawn and name == "baseline" else set()
    wanted |= {"table not_placed"} if name == "tight" else set()
    assert wanted <= carried, "this text should have come this far"


@both_languages
def test_header_names_plan_finding_scenario_and_date(language):
    page = report_page(project("lean"), language)
    soup = BeautifulSoup(str(page.header("budget")), "html.parser")
    region, scenario = page.plan.inputs.region, page.plan.inputs.scenario
    assert soup.h1.get_text() == page.finding("budget")
    assert region.name in soup.header.p.get_text()
    assert (region.plan_title_id if language == "id" else region.plan_title_en) in soup.header.p.get_text()
    meta = soup.find("p", "meta").get_text()
    assert (scenario.title if language == "id" else scenario.title_en) in meta
    assert speak(language).day(page.plan.inputs.settings.issued_on) in meta


BESIDE = {"id": "2 nilai diubah di samping skenario", "en": "2 values changed beside the scenario"}


@pytest.mark.parametrize(("language", "told"), BESIDE.items())
def test_header_says_that_values_were_changed_beside_the_scenario(language, told):
    changes = {"settings.ceiling_factor": 0.9, "settings.dpa_delay_weeks": 2}
    meta = report_page(build_plan(egov_model.load_scenario("baseline", TINY, changes)), language).header("budget")
    assert told in BeautifulSoup(str(meta), "html.parser").get_text()
    assert "diubah" not in report_page(build_plan(load_scenario("baseline", TINY)), "id").header("budget")


@both_languages
def test_words_of_the_page_are_said_in_its_language(language):
    page, say = report_page(edge("as it is"), language), speak(language)
    assert str(page.section("Milestones")) == f"<h2>{say('Milestones')}</h2>"
    assert str(page.text("yes")) == f"<p>{say('yes')}</p>"
    assert str(page.note("yes")) == f'<p class="note">{say("yes")}</p>'
    scenario = page.plan.inputs.scenario
    assert (scenario.description if language == "id" else scenario.description_en) in page.about()


@both_languages
def test_a_sentence_ends_in_one_full_stop(language):
    page = report_page(project(), language)
    for name in FINDINGS:
        text = BeautifulSoup(str(page.sentence(name)), "html.parser").get_text()
        assert text.endswith(".") and not text.endswith("..") and page.finding(name) in text


@both_languages
def test_an_empty_table_is_said_in_a_sentence(language):
    page = report_page(edge("nothing fits"), language)
    for name in ("by_section", "by_code", "by_initiative", "cost_drivers"):
        assert str(page.table(name)) == f"<p>{speak(language)('{table}: none.', table=TABLES[name](page.say, page.plan).caption)}</p>"
    assert "<table" in page.table("not_placed")


@both_languages
def test_gantt_has_a_figure_for_each_section_with_work(language):
    page = report_page(project(), language)
    frame = page.plan.initiatives
    sections = [s for s in SECTIONS if (frame["works"] & (frame["section"] == s)).any()]
    assert len(BeautifulSoup(str(page.gantt()), "html.parser").find_all("figure")) == len(sections)


@both_languages
def test_what_happens_without_the_plan(language):
    say, plan, other = speak(language), project(), project(ANYWAY)
    shown = str(report_page(plan, language, without=other).without_plan())
    assert shown.count("<table") == 1
    assert say.rupiah(headline(plan).total_idr) in shown and say.rupiah(headline(other).total_idr) in shown
    assert "<table" not in report_page(other, language, without=other).without_plan(), "nothing to compare with"
    assert say("The data pack has no scenario of what happens anyway.") in report_page(plan, language).without_plan()


def test_footer_names_the_scenario_and_leaves_the_hashes_to_the_build():
    """A page named the hash of the scenario as that of its data, above a line that names both as what they are."""
    foot = str(report_page(project("lean")).footer())
    assert "Skenario lean \N{MIDDLE DOT} " in foot and project("lean").inputs.content_hash[:8] not in foot


def test_legal_bases_are_all_there():
    soup = BeautifulSoup(str(report_page(project(), "en").legal()), "html.parser")
    legal = project().inputs.rows["legal"].values()
    assert [dt.get_text() for dt in soup.find_all("dt")] == [row.title for row in legal]
    assert [dd.get_text() for dd in soup.find_all("dd")] == [row.about_en for row in legal]


def test_unknown_language_is_refused_and_the_front_door_leads_here():
    with pytest.raises(InputError, match="allowed are id, en"):
        report_page(edge("as it is"), "xx")
    assert egov_model.report_page is report_page


@pytest.mark.parametrize(
    ("what", "asked", "meant"), [("table", "by_sektion", "by_section"), ("figure", "gambar", ""), ("sentence", "anwser", "answer")]
)
def test_a_name_that_is_not_there_is_told_with_the_nearest(what, asked, meant):
    with pytest.raises(InputError) as error:
        getattr(report_page(edge("as it is")), what)(asked)
    assert f"no {what} {asked!r}; there are: " in str(error.value)
    assert not meant or str(error.value).endswith(f"did you mean {meant!r}?")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_over_other_years_is_not_set_against_the_base_nor_against_what_happens_anyway(language):
    whole, short = build_plan(load_scenario("baseline", TINY)), edge("one year")
    page = report_page(short, language, without=whole, base=whole)
    say = page.say
    assert page.consequence() == "" and page.choice() == ""
    assert page.without_plan() == page.appraisal()
    assert say("What happens anyway is planned over other years, so the two cannot be set against each other.") in page.without_plan()
    assert say("The base covers other years, so the two cannot be set against each other.") in page.against_base()


def test_the_title_names_the_years_of_the_plan():
    region = edge("one year").inputs.region
    assert region.plan_title("en", (2018, 2019, 2020)) == "Example Plan 2018-2020"
    assert region.model_copy(update={"plan_title_id": "Rencana"}).plan_title("id", (2018,)) == "Rencana"
