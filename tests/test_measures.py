"""The shortage of a plan and its least-cost mix, by hand on the made-up regency."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from plan_samples import project
from test_hiring import check
from test_posts import TECHNICIAN, TRAINED
from tiny_pack import with_changes

from egov_model.inputs.errors import InputError
from egov_model.model.people import by_month
from egov_model.model.plan import build_plan
from egov_model.model.posts import CONTRACT, HIRE
from egov_model.model.staffing import project_need_fte

SHORT = "norms.meja.minutes: 1500, norms.meja.minutes_high: 1500"  # 25 users x 12 x 1500 / 75,000 = 6 FTE once alat-desa is live


def made(folder, settings="", more=""):
    return build_plan(with_changes(folder, f"set: {{{SHORT}{settings}}}\n{more}"))


def test_need_there_and_what_may_be_bought(tmp_path):
    plan = made(tmp_path, ", norms.meja.contractable: y, phase_roles.beli.build.analis.contractable: y, roles.analis.operate_share: 0")
    shortage = plan.measures.shortage
    projects = by_month(project_need_fte(plan.network, plan.schedule)[0], plan.timeline)[0]
    last = shortage.need_milli[0, -1]
    assert last == 6010 and shortage.buyable_milli[0, -1] == 6000  # the yearly classes are not bought
    assert shortage.there_milli[0].tolist() == [1000] * 12 + [2000] * 12
    buying = shortage.buyable_milli[0, : np.flatnonzero(shortage.need_milli[0] > 4000)[0]]
    assert 0 < buying.sum() < round(1000 * projects.sum())  # building, not preparing


def test_of_projects_only_the_phases_so_marked_may_be_bought(tmp_path):
    """Half an analyst for every purchase that is being built, nothing for those in preparation; the desk is not bought."""
    plan = made(tmp_path, ", phase_roles.beli.build.analis.contractable: y")
    weekly, network, schedule = np.zeros(plan.timeline.weeks), plan.network, plan.schedule
    for n, (group, phase) in enumerate(network.activities):
        if network.groups[group] in ("alat-desa", "aplikasi") and phase == "build":
            weekly[schedule.start[0, n] : schedule.finish[0, n]] += 0.5
    assert weekly.sum() == 0.5 * 8 * 2  # both purchases take eight weeks to build
    assert plan.measures.shortage.buyable_milli.tolist() == [np.rint(1000 * by_month(weekly, plan.timeline)).tolist()]


def test_classes_are_not_bought_though_a_norm_may_have_their_name(tmp_path):
    classes = (
        "{id: meja, initiative: aplikasi, group: villages, people: 1, timing: yearly, item: langganan, class_size: 2, trainer: analis, "
        "trainer_minutes: 375, low: 8, mode: 8, high: 16, unit: JP per peserta, source: uji, evidence: assumption}"
    )
    plan = made(tmp_path, ", norms.meja.contractable: y", f"add: {{training: [{classes}]}}\ndrop: {{training: [desa-surat]}}")
    assert plan.measures.shortage.need_milli[0, -1] == 6010 and plan.measures.shortage.buyable_milli[0, -1] == 6000


def test_a_service_is_told_from_a_hire(tmp_path):
    measures = made(tmp_path, ", norms.meja.contractable: y, roles.analis.contract_item: antarmuka").measures
    assert measures.roles == ("analis",) and {o.kind for o in measures.options} == {HIRE, CONTRACT}
    assert [a.service for a in measures.shortage.actions] == [o.kind == CONTRACT for o in measures.options]


def test_nobody_missing_nothing_done(tmp_path):
    plan = build_plan(with_changes(tmp_path, ""))
    assert plan.measures.mix.cost_idr == 0 and not plan.measures.mix.taken.any() and not plan.measures.mix.open_milli.any()


def test_a_hire_closes_what_it_can_and_the_rest_is_told(tmp_path):
    """Beyond 2.4 people of 2028 3.6 are missing: one more hire of 1.2; the rest stays open, and all of 2027 is too early."""
    plan = made(tmp_path)
    measures = plan.measures
    assert [(o.kind, n) for o, n in zip(measures.options, measures.mix.taken.tolist(), strict=True)] == [(HIRE, 1)]
    assert measures.mix.open_milli[0, -1] == 6010 - 2400 - 1200 - 50
    assert measures.too_early[0].tolist() == [True] * 12 + [False] * 12


def test_a_desk_does_not_wait_and_a_review_does(tmp_path):
    """With one norm that may wait for three months and no desk promise, the work of the busiest weeks moves on."""
    plan = made(tmp_path, ", norms.meja.wait_months: 3")
    assert not plan.measures.shortage.waiting  # the norm has a desk
    free = made(tmp_path / "free", ", norms.meja.wait_months: 3", "drop: {desks: [meja]}")
    assert [w.months for w in free.measures.shortage.waiting] == [3]
    work = free.measures.shortage.waiting[0].work_milli.tolist()
    assert (work[0], work[-1]) == (0, 6000)  # nothing before the equipment is there, all of the norm once it is
    assert free.measures.shortage.waiting[0].cost_idr == 1250  # a quarter of 5 million, by the thousandth


def test_two_norms_of_a_role_that_may_wait_as_long_wait_together(tmp_path):
    """A review of a quarter of an hour for every user and month beside the desk's: 25 users x 12 x 15 / 75,000 = 0.06 FTE."""
    review = (
        '{id: telaah, title_id: Telaah, title_en: Review, role: analis, driver: users, initiative: alat-desa, contract_line: "", '
        "contractable: n, wait_months: 3, periods_year: 12, minutes_low: 10, minutes: 15, minutes_high: 30, low: 0.5, mode: 1, high: 2, "
        "unit: telaah per pengguna per bulan, source: uji, evidence: assumption}"
    )
    plan = made(tmp_path, ", norms.meja.wait_months: 3", f"add: {{norms: [{review}]}}\ndrop: {{desks: [meja]}}")
    (waiting,) = plan.measures.shortage.waiting
    assert waiting.work_milli[-1] == 6060


def test_training_frees_the_one_who_has_time(tmp_path):
    plan = made(tmp_path, "", f"add: {{roles: [{TECHNICIAN}], retraining: [{TRAINED}]}}")
    chosen = [(o.kind, o.starts, n) for o, n in zip(plan.measures.options, plan.measures.mix.taken.tolist(), strict=True) if n]
    assert ("train", date(2027, 6, 1), 1) in chosen
    check(plan.measures.shortage, plan.measures.mix)


def test_the_projects_own_mixes_hold_and_close_every_gap_they_can():
    measures = project().measures
    check(measures.shortage, measures.mix)
    assert measures.mix.status == "optimal"
    assert not (measures.mix.open_milli > 0)[~measures.too_early].any()


def test_a_service_that_only_civil_servants_may_do_is_refused(tmp_path):
    with pytest.raises(InputError, match="only civil servants may do the work of analis"):
        with_changes(tmp_path, "set: {roles.analis.asn_only: y, norms.meja.contractable: y}")
    with pytest.raises(InputError, match="nothing where asn_only is y"):
        with_changes(tmp_path / "item", "set: {roles.analis.asn_only: y, roles.analis.contract_item: alat}")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ('proposal_deadline: "31-03"', "month and day of every year such as 03-31"),
        ('proposal_deadline: "02-29"', "month and day of every year such as 03-31"),
        ("ramp_months: 3", "ramp_low 0, ramp_months 3, ramp_high 0: expected in rising order"),
        ("arrives_month: 13", "12 or less"),
    ],
)
def test_a_wrong_way_of_hiring_is_told(tmp_path, change, says):
    with pytest.raises(InputError) as error:
        with_changes(tmp_path, f"set: {{hiring.analis.asn.{change}}}")
    assert says in str(error.value)


def test_training_needs_two_roles(tmp_path):
    with pytest.raises(InputError, match="from_role and to_role are both analis"):
        with_changes(tmp_path, f"add: {{retraining: [{TRAINED.replace('teknisi', 'analis')}]}}")
