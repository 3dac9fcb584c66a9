"""Compiled walk back along the chain of activities that sets the finish of a draw."""

from __future__ import annotations

from egov_model.model.machine_code import compiled


@compiled
def count_on_chain(start, finish, before_at, before, shares, count):
    """Add 1 to `count` (activities,) for every activity on the chain that sets the finish of each draw of `start` and `finish` (draws,
    activities); returns the draws that have a finish.

    The chain begins with the activity that ends last. Before an activity that starts when what it follows (`before`) ends comes the one of
    them that ends last; before one that waits longer comes one that ends as it starts and needs a role that it needs (`shares`), or else,
    gates and money having made it wait, again what it follows. Of equals the first. A draw with an activity without a date has no finish.
    """
    activities, dated = start.shape[1], 0
    for d in range(len(start)):
        a = -1
        for b in range(activities):
            if start[d, b] < 0:
                a = -1
                break
            if a < 0 or finish[d, b] > finish[d, a]:
                a = b
        if a < 0:
            continue
        dated += 1
        steps = 0
        while a >= 0 and steps < activities:  # work without length could else lead in a circle
            count[a] += 1
            steps += 1
            last = -1
            for n in range(before_at[a], before_at[a + 1]):
                b = before[n]
                if last < 0 or finish[d, b] > finish[d, last]:
                    last = b
            if last < 0 or finish[d, last] < start[d, a]:
                for b in range(activities):
                    if shares[a, b] and b != a and finish[d, b] == start[d, a] and start[d, b] < start[d, a]:
                        last = b
                        break
            a = last
    return dated
