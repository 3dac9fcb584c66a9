"""Who reaches which site of the tiny regency, in which order, and what that makes to count: by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_pack import TINY, with_changes

from egov_model.inputs.scenario import load_scenario
from egov_model.model.connectivity import connect
from egov_model.model.drivers import count_drivers
from egov_model.model.plan import build_plan
from egov_model.model.reach import NOBODY, reach_sites

SEBERANG = ["kec-seberang", "pkm-990102-1", "99.01.02.2001"]  # 6 hours of electricity; the others have 24


def row(initiative: str, kind: str, gives: str, order: int = 1) -> str:
    return f"{{initiative: {initiative}, site_kind: {kind}, gives: {gives}, order: {order}, unit: u, source: uji, evidence: low}}"


def given_to(inputs, gives: str) -> dict[str, list[str]]:
    reach = reach_sites(inputs)
    who = reach.given[gives]
    return {key: [reach.links.sites.id[n] for n in np.flatnonzero(who == i)] for i, key in enumerate(reach.initiatives)}


def test_every_initiative_gets_its_kinds():
    assert given_to(load_scenario("baseline", TINY), "link") == {
        "internet": ["kominfo", "kec-seberang"],
        "alat-desa": ["99.01.01.2001", "99.01.01.2002", "99.01.02.2001"],
    }


def test_long_electricity_first_then_near_up_to_the_target(tmp_path):
    """Dua (8.1 km) is nearer than Satu (9.5 km); Tiga (66 km) has 6 hours."""
    body = f"set: {{initiatives.alat-desa.target: 1}}\nadd: {{reach: [{row('aplikasi', 'village', 'link', 2)}]}}"
    found = given_to(with_changes(tmp_path, body), "link")
    assert (found["alat-desa"], found["aplikasi"]) == (["99.01.01.2002"], ["99.01.01.2001"])  # the target of aplikasi is 1 too


def test_a_wave_that_is_dropped_leaves_its_sites_to_the_next(tmp_path):
    body = f"add: {{reach: [{row('aplikasi', 'village', 'link', 2)}]}}\nset: {{initiatives.aplikasi.target: 3}}\n"
    drop = "drop: {reach: [alat-desa.village.link]}"
    assert len(given_to(with_changes(tmp_path, body + drop), "link")["aplikasi"]) == 3


def test_power_goes_where_the_grid_does_not_feed_the_link(tmp_path):
    kinds = [row("aplikasi", kind, "power") for kind in ("district-office", "puskesmas", "village", "office")]
    body = f"set: {{initiatives.aplikasi.target: 9}}\nadd: {{reach: [{', '.join(kinds)}]}}"
    assert given_to(with_changes(tmp_path, body), "power")["aplikasi"] == SEBERANG


def test_a_network_goes_to_sites_on_town_fibre(tmp_path):
    body = f"set: {{initiatives.aplikasi.target: 9}}\nadd: {{reach: [{row('aplikasi', 'office', 'network')}]}}"
    assert given_to(with_changes(tmp_path / "a", body), "network")["aplikasi"] == ["kominfo"]
    policy = body.replace("set: {", "set: {settings.connectivity_policy: satellite-first, ")
    assert given_to(with_changes(tmp_path / "b", policy), "network")["aplikasi"] == []


def test_a_site_nothing_serves_is_nobodys(tmp_path):
    much = "technologies.need.mbps_per_active_user"
    inputs = with_changes(tmp_path, f"set: {{{much}.mode: 500, {much}.high: 500}}")
    assert all((who == NOBODY).all() for who in reach_sites(inputs).given.values())


@pytest.mark.parametrize(
    ("driver", "initiative", "dekat", "jauh"),
    [
        ("link_sites", "alat-desa", 2, 1),
        ("link_terrestrial", "alat-desa", 2, 0),  # 9.5 and 8.1 km out: radio at 7 million a year
        ("link_terrestrial_mbps", "alat-desa", 2, 0),  # 5 users x 0.2 x 1 Mbps each
        ("link_leo", "alat-desa", 0, 1),
        ("link_solar", "alat-desa", 0, 1),
        ("link_solar_wp", "alat-desa", 0, 900),  # 100 W x 18 h / (4 h x 0.5)
        ("link_solar_wh", "alat-desa", 0, 3600),  # 100 W x 18 h x 1 day / 0.5
        ("link_genset", "alat-desa", 0, 0),
        ("link_town_fibre", "internet", 1, 0),
        ("link_town_fibre_mbps", "internet", 4, 0),  # 20 users x 0.2
        ("link_leo", "internet", 0, 1),
        ("link_vsat", "internet", 0, 0),
        ("link_leo", "aplikasi", 0, 0),  # reaches nothing
    ],
)
def test_counts_by_hand(driver, initiative, dekat, jauh):
    counts = count_drivers(load_scenario("baseline", TINY)).counts(driver, initiative)
    assert counts.tolist() == [[dekat, dekat], [jauh, jauh]]


def test_a_technology_that_is_not_on_offer_counts_nothing(tmp_path):
    kinds = ("bandwidth_mbps", "life_years", "watts", "capex_idr", "opex_idr_mbps_year")
    inputs = with_changes(tmp_path, f"drop: {{technologies: [{', '.join(f'vsat.{kind}' for kind in kinds)}]}}")
    drivers = count_drivers(inputs)
    assert not drivers.counts("link_vsat", "alat-desa").any() and drivers.counts("link_leo", "alat-desa")[:, 0].tolist() == [0, 1]


def test_a_genset_counts_its_hours(tmp_path):
    """7 hours wanted, 6 supplied, and a mounting no one would buy: an hour of the genset a day."""
    wanted = {"need.hours_needed_day.low": 7, "need.hours_needed_day.mode": 7}
    wanted |= {"solar.kit_idr.mode": 50_000_000, "solar.kit_idr.high": 50_000_000}
    body = "".join(f"  technologies.{key}: {amount}\n" for key, amount in wanted.items())
    drivers = count_drivers(with_changes(tmp_path, f"set:\n{body}"))
    assert drivers.counts("link_genset", "alat-desa")[:, 0].tolist() == [0, 1]
    assert drivers.counts("link_genset_hours", "alat-desa")[:, 0].tolist() == [0, 365]
    assert not drivers.counts("link_solar_wp", "alat-desa").any()


def test_a_line_buys_the_price_of_a_technology(tmp_path):
    """One satellite of 20 million over the sea, times 1.5; a subscription of 10 million x 1.5 for 39 of 53 weeks, then a year."""
    line = "unit: set, source: uji, evidence: assumption, low: 1, mode: 1, high: 1, initiative: alat-desa, driver: link_leo"
    body = f"""add:
  cost_lines:
    - {{id: leo, item: leo.capex_idr, timing: once, every_years: 0, phase: build, account: jaringan, {line}}}
    - {{id: leo-langganan, item: leo.opex_idr_year, timing: yearly, every_years: 0, phase: "", account: internet, {line}}}
"""
    budget = build_plan(with_changes(tmp_path, body)).budget
    paid = {(r.line, r.year): r.amount_idr for r in budget.itertuples() if r.line.startswith("leo")}
    assert paid == {("leo", 2027): 30_000_000, ("leo-langganan", 2027): 11_037_735, ("leo-langganan", 2028): 15_000_000}
    assert set(budget.loc[budget["line"] == "leo", "item_name"]) == {"leo capex_idr"}


def test_equipment_is_renewed_at_the_end_of_its_life(tmp_path):
    """Satellites that live a year, bought in 2027, are bought again in 2028: 2 x 20 million near and one over the sea, times 1.5."""
    what = 'id: leo, initiative: alat-desa, item: leo.capex_idr, driver: link_leo, timing: refresh, every_years: 0, phase: ""'
    line = f"{{{what}, account: jaringan, low: 1, mode: 1, high: 1, unit: set, source: uji, evidence: assumption}}"
    life = "technologies.leo.life_years.low: 1, technologies.leo.life_years.mode: 1, settings.connectivity_policy: village=leo"
    body = f"set: {{{life}}}\nadd: {{cost_lines: [{line}]}}"
    budget = build_plan(with_changes(tmp_path, body)).budget
    assert {r.year: r.amount_idr for r in budget.itertuples() if r.line == "leo"} == {2028: 70_000_000}


@settings(max_examples=25)
@given(targets=st.lists(st.integers(0, 300), min_size=3, max_size=3))
def test_sites_are_shared_out_never_twice_and_never_beyond_the_target(targets):
    chosen = {f"initiatives.if-desa-{n}.target": str(t) for n, t in enumerate(targets, 1)}
    inputs = load_scenario("baseline", overrides=chosen)
    found = given_to(inputs, "link")
    waves = [found[f"if-desa-{n}"] for n in (1, 2, 3)]
    assert len({site for wave in waves for site in wave}) == sum(map(len, waves)) == min(249, sum(targets))
    assert all(len(wave) <= target for wave, target in zip(waves, targets, strict=True))


@pytest.mark.parametrize("policy", ["", "satellite-first", "puskesmas=vsat", "village=vsat office=leo", "office=terrestrial"])
def test_whatever_is_chosen_is_bought(policy):
    """Under every policy each technology that is chosen somewhere has a line for every price it asks."""
    inputs = load_scenario("baseline", overrides={"settings.connectivity_policy": policy})
    reach = reach_sites(inputs)
    bought = {(line.initiative, line.item) for line in inputs.rows["cost_lines"].values()}
    money = {key for key, r in inputs.rows["technologies"].items() if r.money}
    offered = np.array(reach.links.technologies)
    for n, initiative in enumerate(reach.initiatives):
        used = set(offered[reach.links.choice[0][reach.given["link"] == n]])
        needs = {key for key in money if key.split(".")[0] in used}
        if initiative == "if-internet-opd":
            needs.discard("town-fibre.capex_idr")  # broadband comes with its line; a cable of the regency's own is if-intra-labuha
        assert {key for key in needs if (initiative, key) not in bought} == set()


def test_the_plans_links_are_those_of_the_most_likely_values():
    inputs = load_scenario("satellite-first")
    assert set(inputs.settings.connectivity_policy) == {"satellite-first"}
    alone = connect(inputs, inputs.rows["technologies"], policy=["satellite-first"])
    assert (reach_sites(inputs).links.choice == alone.choice).all()
    assert set(np.array(alone.technologies)[alone.choice[0]]) == {"leo"}


def test_of_sites_at_one_place_the_one_with_most_users_comes_first(tmp_path):
    """Seberang: the district office has 5 users, the puskesmas 10; both are as far and have as many hours."""
    kinds = ", ".join(row("aplikasi", kind, gives) for kind in ("district-office", "puskesmas") for gives in ("link", "power"))
    town = "districts.99.01.01.puskesmas: 0, initiatives.aplikasi.target: 1"
    inputs = with_changes(tmp_path, f"set: {{{town}}}\nadd: {{reach: [{kinds}]}}\ndrop: {{reach: [internet.district-office.link]}}")
    assert given_to(inputs, "link")["aplikasi"] == ["pkm-990102-1"]
    only_power = with_changes(tmp_path / "b", f"set: {{{town}}}\nadd: {{reach: [{kinds.replace('gives: link', 'gives: network')}]}}")
    assert given_to(only_power, "power")["aplikasi"] == ["pkm-990102-1"]


def test_power_comes_first_where_the_grid_fails_longest(tmp_path):
    """With 12 hours in the town and 6 over the sea every link needs power; one is given, to the sea, although the town is nearer."""
    body = f"set: {{districts.99.01.01.electricity_hours: 12}}\nadd: {{reach: [{row('aplikasi', 'village', 'power')}]}}"
    assert given_to(with_changes(tmp_path, body), "power")["aplikasi"] == ["99.01.02.2001"]


def test_an_initiative_that_takes_twice_takes_no_more_than_its_target(tmp_path):
    """Two of three villages first, then the puskesmas: one is left of the target."""
    rows = f"{row('aplikasi', 'village', 'link', 1)}, {row('aplikasi', 'puskesmas', 'link', 2)}"
    drop = "drop: {reach: [alat-desa.village.link], cost_lines: [alat-desa-alat]}"
    body = f"set: {{initiatives.aplikasi.target: 4}}\nadd: {{reach: [{rows}]}}\n"
    found = given_to(with_changes(tmp_path, body + drop), "link")["aplikasi"]
    assert len(found) == 4 and "pkm-990101-1" in found and "pkm-990102-1" not in found


def test_the_last_technology_of_the_table_serves_as_well(tmp_path):
    body = f"set: {{settings.connectivity_policy: puskesmas=vsat, initiatives.aplikasi.target: 9}}\nadd: {{reach: [{row('aplikasi', 'puskesmas', 'link')}]}}"  # noqa: E501
    inputs = with_changes(tmp_path, body)
    links = reach_sites(inputs).links
    assert {links.technologies[c] for c, kind in zip(links.choice[0], links.sites.kind, strict=True) if kind == "puskesmas"} == {"vsat"}
    assert given_to(inputs, "link")["aplikasi"] == ["pkm-990101-1", "pkm-990102-1"]
