"""One contract for every kind of worker: same results, same order, one bad item stops nothing."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator

import pytest

from knowledge.errors import SettingsError
from knowledge.workers import Lost, open_workers
from tests.knowledge.tasks import misbehave, square, square_slow_first

RAY = importlib.util.find_spec("ray") is not None


@pytest.fixture(params=["one", "cores", "ray"])
def engine(request: pytest.FixtureRequest) -> str:
    if request.param == "ray":
        request.getfixturevalue("ray_cluster")
    return str(request.param)


def test_results_keep_the_order_of_the_items(engine: str) -> None:
    workers = open_workers(engine, count=2, seconds=60)
    assert list(workers.each(square_slow_first, range(30))) == [n * n for n in range(30)]


def test_no_items_bring_no_results(engine: str) -> None:
    assert list(open_workers(engine, count=2).each(square, [])) == []


def test_an_error_is_told_by_its_kind_and_the_others_go_on(engine: str) -> None:
    outcomes = list(open_workers(engine, count=2).each(misbehave, ["a", "raise", "b"]))
    assert outcomes == ["A", Lost("failed", "ValueError"), "B"]


@pytest.mark.parametrize("engine", ["cores", "ray"], indirect=True)
def test_a_worker_that_dies_loses_its_own_item_only(engine: str) -> None:
    outcomes = list(
        open_workers(engine, count=2, seconds=60).each(misbehave, ["a", "die", "b", "c"])
    )
    assert outcomes == ["A", Lost("died"), "B", "C"]


def test_an_item_that_hangs_is_given_up() -> None:
    outcomes = list(open_workers("cores", count=2, seconds=2.0).each(misbehave, ["hang", "a", "b"]))
    assert outcomes == [Lost("too_slow"), "A", "B"]


@pytest.mark.parametrize("engine", ["one", "cores"], indirect=True)
def test_items_are_taken_only_as_they_are_needed(engine: str) -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = open_workers(engine, count=2).each(square, items())
    assert next(results) == 0
    assert len(taken) <= 20
    results.close()  # type: ignore[attr-defined]


def test_no_process_is_left_behind() -> None:
    results = open_workers("cores", count=2).each(square, range(100))
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]
    import multiprocessing

    assert not [p for p in multiprocessing.active_children() if p.pid != os.getpid()]


def test_an_engine_that_is_not_known_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match="'warp' is no engine"):
        open_workers("warp")


def test_a_cluster_that_cannot_be_reached_is_told_in_one_sentence() -> None:
    if not RAY:
        pytest.skip("the package ray is not installed")
    import ray

    ray.shutdown()
    with pytest.raises(SettingsError, match="SAFEPOLICING_RAY_ADDRESS"):
        list(open_workers("ray", address="not a cluster").each(square, [1]))
