"""How much a person and a workspace may ask in a minute."""

from __future__ import annotations

from bot.limits import LANES, Limits


def test_a_minute_later_it_may_be_asked_again() -> None:
    now = [0.0]
    limits = Limits(per_user=2, per_workspace=3, clock=lambda: now[0])
    assert [limits.wait("T1", "U1") for _ in range(3)] == [0, 0, 61]
    assert limits.wait("T1", "U2") == 0
    assert limits.wait("T1", "U3") == 61, "the workspace is full"
    assert limits.wait("T2", "U1") == 0
    now[0] = 60.5
    assert limits.wait("T1", "U1") == 0


def test_idle_people_are_not_counted_for_ever() -> None:
    now = [0.0]
    limits = Limits(per_user=1, per_workspace=10**9, clock=lambda: now[0])
    for number in range(LANES + 10):
        now[0] += 0.1
        limits.wait("T1", f"U{number}")
    assert len(limits._times) < LANES
