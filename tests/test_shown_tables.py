"""Tables read back from a page: texts as they stand, figures as the values behind them."""

from __future__ import annotations

from egov_model.report.fragments import Table, table
from egov_model.report.shown_tables import ShownCell, shown_tables

PAGE = """<p>Rp9 <table><caption>Biaya &amp; pagu</caption>
<thead><tr><th scope="col">Tahun</th><th scope="col" class="n">Rencana</th></tr></thead>
<tbody><tr class="group"><th scope="rowgroup" colspan="2">Baru</th></tr>
<tr><th scope="row">2027</th><td class="n" data-cell="t1/1/1">Rp1.234</td></tr>
<tr class="total"><th scope="row">Jumlah <i lang="en">total</i></th>
<td>sekitar <data value="1234" data-cell="t1/2/1">Rp1.234</data>, kira-kira</td></tr>
<tr><th scope="row"><data value="5" data-cell="t1/3/0">5</data></th><td><data value="6" data-cell="t1/3/1">6</data> orang</td></tr>
</tbody></table></p><table><caption>Lain</caption><thead><tr><th>A</th></tr></thead><tbody></tbody></table>"""
FIGURES = {"t1/1/1": {"value": 1234, "as": "rupiah"}, "t1/2/1": {"value": 1234, "as": "rupiah"}}
FIGURES |= {"t1/3/0": {"value": 5, "as": "whole"}, "t1/3/1": {"value": 6, "as": "whole"}}


def test_captions_heads_rows_kinds_and_values():
    first, second = shown_tables(PAGE, FIGURES)
    assert (first.caption, first.columns) == ("Biaya & pagu", ("Tahun", "Rencana"))
    assert [kind for kind, _ in first.rows] == ["group", "", "total", ""]
    assert first.rows[0][1] == (ShownCell("Baru"),)
    assert first.rows[1][1] == (ShownCell("2027"), ShownCell("Rp1.234", 1234, "rupiah"))
    assert first.rows[2][1][0] == ShownCell("Jumlah total")
    assert (second.caption, second.columns, second.rows) == ("Lain", ("A",), ())


def test_a_figure_within_a_text_stays_text():
    (_, cells) = shown_tables(PAGE, FIGURES)[0].rows[2]
    assert cells[1] == ShownCell("sekitar Rp1.234, kira-kira")
    assert shown_tables(PAGE, FIGURES)[0].rows[3][1] == (ShownCell("5", 5, "whole"), ShownCell("6 orang"))


def test_what_fragments_write_is_what_is_read():
    rows = (("satu", "a\nb"), ("dua", '"c" <d>'))
    view = Table("Judul <b>", ("Nama", "Isi & arti"), rows, frozenset({1}), frozenset([1]), groups=((0, "Atas"),))
    (shown,) = shown_tables(table(view), {})
    assert (shown.caption, shown.columns) == (view.caption, view.columns)
    assert [(kind, tuple(cell.text for cell in cells)) for kind, cells in shown.rows] == [
        ("group", ("Atas",)), ("", ("satu", "a b")), ("total", ("dua", '"c" <d>')),
    ]  # fmt: skip
