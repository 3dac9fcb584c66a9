"""Small problems of choice and all their schedules, by trying every combination: what the optimiser's answers are held against."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
from tiny_pack import HEAD, copy_of_tiny

from egov_model.model.problem import Payment, Precedence, Problem
from egov_model.model.worth import Gain, Joint, Share, Worth

# Added to the tiny pack: one more application that nothing needs, for the money that is there
OTHER = (
    "lain,Aplikasi lain,Other application,aplikasi,kominfo,beli,internet,dau,,2027-01-01,n,new,single,15,n,1,,aplikasi,uji,assumption\n",
    'lain-barang,lain,barang-ppn,one,once,0,build,jaringan,1,1,1,unit,"uji: menurut arti",assumption\n',
)
# 2027: 52 million keep the internet alive, 120 are left; 2028: 60 are left. Equipment for villages takes 73 and 52, each of the others 111.
COMPETING = """set:
  initiatives.alat-desa.mandatory: n
  initiatives.aplikasi.after: []
  ceilings.2027.dau.low: 160000000
  ceilings.2027.dau.mode: 172000000
  ceilings.2027.dau.high: 190000000
  ceilings.2028.dau.low: 100000000
  ceilings.2028.dau.mode: 112000000
  ceilings.2028.dau.high: 130000000
"""


def competing_pack(folder: Path) -> Path:
    """The tiny pack with one more initiative, and a scenario `sempit` in which three compete for money that is enough for one."""
    pack = copy_of_tiny(folder)
    for name, row in zip(("initiatives.csv", "cost_lines.csv"), OTHER, strict=True):
        path = pack / name
        text = path.read_text(encoding="utf-8")
        path.write_text(text + ("" if text.endswith("\n") else "\n") + row, encoding="utf-8")
    (pack / "scenarios" / "sempit.yaml").write_text(HEAD + COMPETING, encoding="utf-8")
    return pack


WEEKS = {1: 6, 2: 6, 3: 6, 4: 5, 5: 5, 6: 4, 7: 4, 8: 3, 9: 2, 10: 2, 11: 2, 12: 2}  # by number of groups: what can be tried in full


def random_choice(seed: int, groups: int) -> tuple[Problem, Worth]:
    """So many groups of one activity each, most of them optional, over a few weeks of two years with people, two funds and an order."""
    rng = np.random.default_rng(seed)
    weeks = WEEKS[groups]
    half = max(1, weeks // 2)
    amounts = []
    for g in range(groups):
        once, yearly = rng.integers(0, 7, 2), int(rng.integers(0, 3))
        amount = np.zeros((weeks + 1, 2), dtype=np.int64)
        amount[:half, 0] += once[0]
        amount[half:, 1] += once[1]
        amount[:half, 1] += yearly
        amounts.append(Payment(g, int(rng.integers(0, 2)), amount))
    problem = Problem(
        names=tuple(f"a{g}" for g in range(groups)),
        duration=rng.integers(1 if groups > 6 else 0, 2, groups),  # no length means one more week to start in
        weeks=weeks,
        precedences=tuple(Precedence(i, j) for j in range(groups) for i in range(j) if rng.random() < 0.8 / groups),
        resources=("people",),
        demand=rng.integers(0, 3, (groups, 1)),
        capacity=rng.integers(2, 2 + groups, (1, weeks)),
        groups=tuple(f"g{g}" for g in range(groups)),
        group=np.arange(groups),
        required=rng.random(groups) < 0.1,
        funds=("x", "y"),
        years=("0", "1"),
        ceiling=rng.integers(2, 3 + 2 * groups, (2, 2)),
        payments=tuple(amounts),
    )
    return problem, random_worth(rng, problem)


def random_worth(rng: np.random.Generator, problem: Problem) -> Worth:
    """Gains that need several groups by weeks, shares of things, joints that fall with the week, and costs of starts."""
    groups, weeks = len(problem.groups), problem.weeks

    def some(most: int) -> tuple[int, ...]:
        return tuple(int(g) for g in rng.choice(groups, int(rng.integers(1, min(most, groups) + 1)), replace=False))

    gains = []
    for _ in range(int(rng.integers(1, 4))):
        needs = tuple((g, int(rng.integers(1, weeks + 1))) for g in some(3))
        parts = tuple((int(rng.integers(1, 4)), some(2)) for _ in range(int(rng.integers(1, 4))))
        share = Share(parts, int(rng.integers(1, 1 + sum(c for c, _ in parts))), int(rng.integers(1, weeks + 1)))
        gains.append(Gain(int(rng.integers(1, 9)), needs, (share,) if rng.random() < 0.5 else ()))
    joints = tuple(Joint(some(3), np.sort(rng.integers(0, 9, weeks + 1))[::-1].copy()) for _ in range(int(rng.integers(0, 3))))
    starts = tuple((a, rng.integers(-4, 3, weeks + 1)) for a in range(len(problem.names)) if rng.random() < 0.4)
    return Worth(tuple(gains), joints, starts)


def best_by_trying_all(problem: Problem, worth: Worth) -> int | None:
    """The most that any choice and any dates are worth, None when no schedule keeps the problem; one activity a group."""
    weeks, count = problem.weeks, len(problem.names)
    options = [
        ([] if problem.required[a] else [-1]) + [w for w in range(weeks + 1) if w + problem.duration[a] <= weeks] for a in range(count)
    ]
    many = np.array(list(product(*options)), dtype=np.int64)
    placed = many >= 0
    end = np.where(placed, many + problem.duration, -1)
    keeps = np.ones(len(many), dtype=bool)
    for p in problem.precedences:
        keeps &= ~placed[:, p.after] | (placed[:, p.before] & (many[:, p.after] >= end[:, p.before]))
    for week in range(weeks):
        keeps &= (((many <= week) & (end > week)) * problem.demand[:, 0]).sum(axis=1) <= problem.capacity[0, week]
    spent = np.zeros((len(many), 2, 2), dtype=np.int64)
    for pay in problem.payments:
        spent[:, pay.fund] += np.where(placed[:, pay.activity, None], pay.amount[many[:, pay.activity]], 0)
    many, end, placed = (part[keeps & (spent <= problem.ceiling).all(axis=(1, 2))] for part in (many, end, placed))
    if not len(many):
        return None

    def live(groups: tuple[int, ...], by: int) -> np.ndarray:
        return (placed[:, list(groups)] & (end[:, list(groups)] <= by)).all(axis=1)

    total = np.zeros(len(many), dtype=np.int64)
    for gain in worth.gains:
        reached = np.ones(len(many), dtype=bool)
        for g, by in gain.needs:
            reached &= live((g,), by)
        for share in gain.shares:
            reached &= sum(count * live(groups, share.by) for count, groups in share.parts) >= share.least
        total += gain.value * reached
    for joint in worth.joints:
        own = list(joint.groups)
        total += np.where(placed[:, own].all(axis=1), joint.worth[np.maximum(end[:, own].max(axis=1), 0)], 0)
    for a, table in worth.starts:
        total += np.where(placed[:, a], table[many[:, a]], 0)
    return int(total.max())
