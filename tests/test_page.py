"""The frame of a page: what it lets through, how its colours contrast, and how it is written to disk."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from egov_model.inputs.errors import EgovModelError, InputError
from egov_model.report import page
from egov_model.report.page import WORDS, css_string, fill, neighbours, style, words, write_whole

VALUES = {"title": "t", "printed": "h", "links": (), "before": None, "after": None, "contents": ()}
VALUES |= {"header": "", "decision": "", "body": "", "footer": "", "facts": ()}
# classes the pieces of a report use; each has to look like something
CLASSES = (
    "decision", "ask", "facts", "risks", "short", "note", "cards", "n", "total", "mark.high", "mark.mid", "mark.low", "meta", "sources",
    "changed", "status-ok", "status-failed", "scroll", "skip", "wide",
)  # fmt: skip


def test_text_is_escaped_and_markup_is_not():
    made = fill("report.html.j2", "id", **{**VALUES, "title": "<b>&", "body": Markup("<i>x</i>"), "links": [("<q>", '"&', True)]})
    assert "<title>&lt;b&gt;&amp;</title>" in made
    assert "<i>x</i>" in made
    assert '<a href="&#34;&amp;" aria-current="page">&lt;q&gt;</a>' in made


def test_a_value_that_is_missing_is_an_error():
    with pytest.raises(UndefinedError):
        fill("report.html.j2", "id", printed="h", title="t")


def rules(made: str) -> dict[str, str]:
    """What the policy of a page says, by directive."""
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', made)
    return dict(rule.strip().split(" ", 1) for rule in policy[1].replace("&#39;", "'").split(";"))


def named(text: str) -> str:
    """A text as the policy names it, by W3C CSP Level 3."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_policy_allows_nothing_to_be_loaded_or_run():
    made = fill("report.html.j2", "en", **VALUES)
    assert made.startswith('<!doctype html>\n<html lang="en">')
    assert set(rules(made)) == {"default-src", "style-src", "script-src", "img-src", "base-uri", "form-action"}
    assert {rules(made)[name] for name in ("default-src", "script-src", "base-uri", "form-action")} == {"'none'"}
    assert rules(made)["img-src"] == "data:"
    assert not re.search(r"<script|https?://", made)


def test_policy_names_the_one_style_of_the_page():
    made = fill("report.html.j2", "id", **{**VALUES, "printed": 'Rp1 miliar "é"'})
    (css,) = re.findall(r"<style>(.*?)</style>", made, re.DOTALL)
    assert rules(made)["style-src"] == named(css)
    assert r'@bottom-left{content:"Rp1 miliar \000022é\000022"}' in css


def test_a_script_of_ours_is_named_in_the_policy_and_runs_last():
    script = "document.title = 'a' + (1 < 2) // é\n"
    made = fill("report.html.j2", "id", **VALUES, script=script)
    assert made.endswith(f"<script>{script}</script>\n</body>\n</html>\n")
    assert rules(made)["script-src"] == named(script)


@pytest.mark.parametrize("script", ["'</SCRIPT>'", "'<!--'", "'<script>'", "1\r\n"])
def test_a_script_that_would_end_itself_is_refused(script):
    with pytest.raises(ValueError, match="write it another way"):
        fill("report.html.j2", "id", **VALUES, script=script)


def test_the_foot_names_what_the_page_is_made_of():
    facts = [("scenario", "ab12"), ("code", "cd34"), ("seed", 7), ("issued", "2026-11-23")]
    made = fill("report.html.j2", "en", **{**VALUES, "footer": Markup('<footer class="page"><p>kaki</p></footer>'), "facts": facts})
    foot = re.search(r'<p class="trace">(.*)</p>', made)[1]
    assert re.sub(r"<[^>]*>", "", foot) == "scenario ab12 · code cd34 · seed 7 · issued 2026-11-23"
    assert made.count("<footer") == made.count("</footer>") == 1


@pytest.mark.parametrize(
    ("language", "fact", "says"),
    [
        ("id", ("code", "ab12"), "kode ab12"), ("id", ("code", "ab12-dirty"), "kode ab12-dirty (diubah, belum di-commit)"),
        ("en", ("code", "ab12-dirty"), "code ab12-dirty (changed, not committed)"),
        ("en", ("code", "ab12-shallow-dirty"), "code ab12-shallow-dirty (or an earlier commit) (changed, not committed)"),
        ("id", ("code", "ab12-shallow"), "kode ab12-shallow (atau commit sebelumnya)"),
        ("id", ("code_hash", "cd34"), "hash kode cd34"), ("en", ("code_hash", "cd34"), "hash of the code cd34"),
    ],
)  # fmt: skip
def test_the_foot_says_in_words_what_its_code_is(language, fact, says):
    made = fill("report.html.j2", language, **{**VALUES, "facts": [fact]})
    assert re.sub(r"<[^>]*>", "", re.search(r'<p class="trace">(.*)</p>', made)[1]) == says


def test_languages_have_the_same_words_and_others_are_refused():
    assert len({frozenset(known) for known in WORDS.values()}) == 1
    with pytest.raises(InputError, match="language 'idn' is not known; known: id, en did you mean 'id'"):
        words("idn")


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_has_a_style(name):
    assert f".{name}" in str(style())


def test_style_loads_nothing_and_cannot_end_itself():
    css = str(style())
    assert "url(" not in css
    assert "@import" not in css
    assert "<" not in css
    assert "/*" not in css


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


GROUNDS = ("paper", "wash", "tint", "doubt-tint")


@pytest.mark.parametrize(
    ("ink", "ground"),
    [(ink, ground) for ink in ("ink", "soft", "plan", "good", "mid") for ground in GROUNDS]
    + [("doubt", "paper"), ("paper", "plan"), ("paper", "doubt"), ("#8c3f05", "doubt-tint")],
)
def test_every_colour_of_text_contrasts_with_its_ground(ink, ground):
    known = dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{3,6})\b", str(style())))
    known["paper"] = "#ffffff"
    light, dark = sorted((luminance(known.get(name, name)) for name in (ink, ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_print_footer_holds_any_text():
    assert css_string('a"b\\c</style>\n') == '"a\\000022b\\00005cc\\00003c\\00002fstyle\\00003e\\00000a"'
    assert css_string("kata " * 40).endswith(' …"')


def test_neighbours_of_the_current_page():
    row = [("a", "a.html", False), ("b", "b.html", True), ("c", "c.html", False)]
    assert neighbours(row) == (row[0], row[2])
    assert neighbours([("a", "a.html", True)]) == (None, None)
    assert neighbours(row[:1]) == (None, None)


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    target = tmp_path / "a" / "b.html"
    write_whole(target, "satu\n")
    assert target.read_bytes() == b"satu\n"

    def locked(self: Path, other: Path) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(page.Path, "replace", locked)
    with pytest.raises(EgovModelError, match="cannot write b.html: in use"):
        write_whole(target, "dua\n")
    assert target.read_bytes() == b"satu\n"
    assert [path.name for path in target.parent.iterdir()] == ["b.html"]
