"""What an English page shows in Bahasa Indonesia says that it does."""

from __future__ import annotations

from tiny_pack import TINY

from egov_model.report.foreign import foreign_texts, with_languages
from egov_model.report.fragments import Table, table


def test_cells_of_known_texts_name_their_language_and_no_others_do():
    rows = (('Alat & "kabel"', "rupiah per unit", "Rp5"), ("Village", "one", "2"))
    view = Table("Prices & <units>", ("Item", "Unit", "Cost"), rows, frozenset({2}))
    made = with_languages(table(view), frozenset({'Alat & "kabel"', "rupiah per unit"}))
    assert made.count('lang="id"') == 2
    assert '<th scope="row" lang="id">Alat &amp; &#34;kabel&#34;</th>' in made and '<td lang="id">rupiah per unit</td>' in made
    assert with_languages(made.replace(' lang="id"', ""), frozenset()) == str(table(view))


def test_a_name_behind_its_code_and_over_a_group_of_rows_is_known_too():
    rows = (("5.1.02 Belanja Rapat", "Rp5"), ("5.1.02 Meetings", "2"))
    view = Table("Budget", ("Account", "Cost"), rows, groups=((0, "1.01 Penyediaan"),))
    made = with_languages(table(view), frozenset({"Belanja Rapat", "Penyediaan"}))
    assert made.count('lang="id"') == 2
    assert '<th scope="row" lang="id">5.1.02 Belanja Rapat</th>' in made and '<span lang="id">1.01 Penyediaan</span>' in made
    assert with_languages("<dl><dt>Dinas Sosial</dt><dd>one</dd></dl>", frozenset({"Dinas Sosial"})).count('<dt lang="id">') == 1


def test_texts_of_a_pack_are_those_that_english_does_not_share():
    texts = foreign_texts(TINY)
    assert any(text.startswith("rupiah") for text in texts)
    assert "" not in texts and not any(text.isdigit() for text in texts)


def test_a_title_that_is_the_same_in_english_is_not_foreign(tmp_path):
    text = 'id,title_id,title_en,source\nx,Internet,Internet,"Asumsi:\n dua baris"\ny,Desa,Village,\n'
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    assert foreign_texts(tmp_path) == {"Desa", "Asumsi: dua baris"}
    assert foreign_texts(tmp_path / "none") == frozenset()
