"""The runner: each task ends in one row, failures are rows, limits hold, and nothing is asked twice."""

import pathlib
from collections import Counter
from collections.abc import Iterator

import pytest

from allocentric.agents.answerer import Hopeless, Transient
from allocentric.answers.prompt import Attempt, Prompt
from allocentric.bench.cache import Cache
from allocentric.bench.log import Row, latest, read_rows
from allocentric.bench.runner import Limits, Tally, Task, seed_of
from allocentric.bench.sample import Sample
from allocentric.errors import BadInput
from tests.bench.put import QUICK, Sold, Told, answered, ran, sample, samples


def test_each_task_ends_in_one_row_under_its_own_name(tmp_path: pathlib.Path) -> None:
    tasks = [
        Task(each, variant, repeat) for each in samples(5) for variant in ("", "flip") for repeat in (0, 1)
    ]
    tally, rows = ran(tasks, Told(lambda id, _: f"{id}!"), tmp_path)
    assert tally.answered == 20
    assert sorted(row.key for row in rows) == sorted(task.key for task in tasks)
    assert all(row.reply == f"{row.sample}!" for row in rows)


def test_a_failure_that_passes_is_tried_again_until_it_is_answered(tmp_path: pathlib.Path) -> None:
    def tell(id: str, tries: int) -> str:
        if tries <= int(id):
            raise Transient("busy")
        return "A"

    tally, rows = ran(samples(4), Told(tell), tmp_path)
    assert {row.sample: row.tries for row in rows} == {"0": 1, "1": 2, "2": 3, "3": 4}
    assert (tally.answered, tally.failed, tally.requests) == (4, 0, 10)


def test_a_sample_is_given_up_after_so_many_tries_and_says_why(tmp_path: pathlib.Path) -> None:
    def tell(id: str, tries: int) -> str:
        if id == "1":
            raise Transient("status 500: oh no")
        return "A"

    told = Told(tell)
    tally, rows = ran(samples(3), told, tmp_path, limits=Limits(wait_s=0.001, tries=3))
    (failed,) = (row for row in rows if row.state == "failed")
    assert (failed.sample, failed.error, failed.tries) == ("1", "status 500: oh no", 3)
    assert told.asked == {"0": 1, "1": 3, "2": 1}
    assert (tally.answered, tally.failed) == (2, 1)


def test_a_fault_of_the_answerer_is_the_row_of_its_sample_and_of_no_other(tmp_path: pathlib.Path) -> None:
    def tell(id: str, tries: int) -> str:
        return {"0": "A", "2": "B"}[id]

    _, rows = ran(samples(3), Told(tell), tmp_path)
    assert {row.sample: row.state for row in rows} == {"0": "answered", "1": "failed", "2": "answered"}
    assert next(row for row in rows if row.sample == "1").error == "KeyError: '1'"


def test_what_makes_every_answer_impossible_ends_the_run_and_fails_no_sample(tmp_path: pathlib.Path) -> None:
    def tell(id: str, tries: int) -> str:
        raise Hopeless("the key is not accepted", where="here", mend="set it")

    with pytest.raises(Hopeless, match="the key is not accepted"):
        ran(samples(50), Told(tell), tmp_path)
    assert list(read_rows(tmp_path / "log.jsonl")) == []


def test_a_run_that_is_taken_up_again_asks_only_for_what_is_missing_or_failed(tmp_path: pathlib.Path) -> None:
    def broken(id: str, tries: int) -> Attempt:
        state = {"0": "answered", "1": "failed", "2": "refused"}[id]
        return Attempt(sample=id, state=state, reply="A" if state == "answered" else "")  # type: ignore[arg-type]

    ran(samples(3), Told(broken), tmp_path)
    told = Told(lambda id, _: "B")
    tally, rows = ran(samples(5), told, tmp_path)
    assert told.asked == {"1": 1, "3": 1, "4": 1}
    assert (tally.before, tally.answered) == (2, 3)
    held = latest(rows)
    assert {id: row.state for (id, _, _), row in held.items()} == {
        "0": "answered",
        "1": "answered",
        "2": "refused",
        "3": "answered",
        "4": "answered",
    }
    assert held["0", "", 0].reply == "A"


def test_no_more_are_under_way_than_is_allowed(tmp_path: pathlib.Path) -> None:
    told = Told(lambda id, _: "A")
    ran(samples(60), told, tmp_path, limits=Limits(in_flight=7))
    assert told.most_busy == 7


def test_samples_are_taken_from_their_source_only_as_they_are_put(tmp_path: pathlib.Path) -> None:
    taken, most_ahead = 0, 0
    told = Told(lambda id, _: "A")

    def source() -> Iterator[Sample]:
        nonlocal taken, most_ahead
        for each in samples(100):
            taken += 1
            most_ahead = max(most_ahead, taken - len(told.asked))
            yield each

    ran(source(), told, tmp_path, limits=Limits(in_flight=4))
    assert taken == 100
    assert most_ahead <= 5


def test_requests_stop_at_their_limit_and_the_rest_is_not_asked(tmp_path: pathlib.Path) -> None:
    told = Told(lambda id, _: "A")
    tally, rows = ran(samples(20), told, tmp_path, limits=Limits(in_flight=4, most_requests=6))
    assert (tally.requests, len(rows), tally.stopped) == (6, 6, "6 requests are made")
    tally, rows = ran(samples(20), told, tmp_path)
    assert set(told.asked.values()) == {1}
    assert len(rows) == 20


def test_the_cost_stays_below_its_limit_and_what_is_under_way_is_reckoned_with(
    tmp_path: pathlib.Path,
) -> None:
    told = Told(lambda id, _: answered(id, "A", cost=1.0))
    tally, _ = ran(samples(40), told, tmp_path, limits=Limits(in_flight=4, most_cost=10.0))
    assert 7.0 <= tally.cost <= 10.0 + 3.0  # the first four were asked before any price was known
    assert tally.stopped == "the cost reaches 10"
    one_by_one, _ = ran(samples(40), told, tmp_path, limits=Limits(in_flight=1, most_cost=10.0))
    assert one_by_one.cost == 10.0


def test_a_run_without_time_asks_nothing(tmp_path: pathlib.Path) -> None:
    told = Told(lambda id, _: "A")
    tally, rows = ran(samples(5), told, tmp_path, limits=Limits(most_seconds=0.0))
    assert (told.asked, rows, tally.stopped) == ({}, [], "0 s are over")


def test_a_run_ends_on_time_though_it_was_asked_to_wait_longer(tmp_path: pathlib.Path) -> None:
    def tell(id: str, tries: int) -> str:
        raise Transient("status 429", after_s=100.0, crowded=True)

    limits = Limits(wait_s=0.001, in_flight=2, most_seconds=0.1)
    tally, rows = ran(samples(9), Told(tell), tmp_path, limits=limits)
    assert tally.stopped == "0.1 s are over"
    assert tally.seconds < 50.0
    assert {row.error for row in rows} == {"status 429"}
    assert len(rows) == 2, "what was never asked has no row"


def test_a_run_ends_when_one_sample_after_the_other_comes_to_nothing(tmp_path: pathlib.Path) -> None:
    def tell(id: str, tries: int) -> str:
        raise Transient("ClientConnectorError", crowded=True)

    limits = Limits(wait_s=0.0, tries=2, in_flight=2, hopeless_after=5)
    tally, rows = ran(samples(100), Told(tell), tmp_path, limits=limits)
    assert 5 <= len(rows) <= 7
    assert tally.stopped == "5 samples in a row came to nothing"


def test_the_cache_gives_a_second_run_every_reply_of_the_first(tmp_path: pathlib.Path) -> None:
    first, second = Sold(lambda id, _: f"{id}"), Sold(lambda id, _: "other")
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    with Cache(tmp_path / "cache.sqlite") as cache:
        bought, _ = ran(samples(6), first, tmp_path / "one", cache=cache)
    with Cache(tmp_path / "cache.sqlite") as cache:
        given, rows = ran(samples(6), second, tmp_path / "two", cache=cache)
    assert (bought.cached, bought.requests, given.cached, given.requests) == (0, 6, 6, 0)
    assert second.asked == {}
    assert {row.sample: row.reply for row in rows} == {f"{each}": f"{each}" for each in range(6)}
    assert not any(row.bought for row in rows)
    assert (given.prompt_tokens, given.cost) == (0, 0.0)


def test_repeats_are_asked_anew_each_and_with_a_seed_of_their_own(tmp_path: pathlib.Path) -> None:
    told = Sold(lambda id, tries: f"{tries}")
    with Cache(tmp_path / "cache.sqlite") as cache:
        _, rows = ran([Task(sample(1), "", repeat) for repeat in range(3)], told, tmp_path, cache=cache)
    assert {row.reply for row in rows} == {"1", "2", "3"}
    assert len(set(told.seeds)) == 3


def test_two_samples_of_the_same_content_are_bought_once(tmp_path: pathlib.Path) -> None:
    told = Sold(lambda id, _: "A")
    same = [sample("same") for _ in range(10)]
    tasks = [Task(each, f"variant {row}") for row, each in enumerate(same)]
    with Cache(tmp_path / "cache.sqlite") as cache:
        tally, rows = ran(tasks, told, tmp_path, cache=cache)
    assert (tally.requests, tally.cached, len(rows)) == (1, 9, 10)


def test_failures_and_empty_replies_are_not_cached_as_answers(tmp_path: pathlib.Path) -> None:
    def tell(id: str, tries: int) -> Attempt:
        return Attempt(sample=id, state="failed", error="status 400") if tries == 1 else answered(id, "A")

    told = Sold(tell)
    with Cache(tmp_path / "cache.sqlite") as cache:
        ran(samples(2), told, tmp_path, cache=cache)
        _, rows = ran(samples(2), told, tmp_path, cache=cache)
    assert Counter(row.state for row in rows) == {"failed": 2, "answered": 2}


def test_whoever_looks_on_is_told_of_each_row(tmp_path: pathlib.Path) -> None:
    seen = list[tuple[str, str, int]]()

    def watch(task: Task, row: Row, tally: Tally) -> None:
        seen.append((task.sample.id, row.reply, tally.rows))

    ran(samples(3), Told(lambda id, _: "A"), tmp_path, watch=watch, limits=Limits(in_flight=1))
    assert seen == [("0", "A", 1), ("1", "A", 2), ("2", "A", 3)]


def test_what_is_prepared_is_what_is_put_and_a_broken_picture_is_a_failure(tmp_path: pathlib.Path) -> None:
    async def prepare(task: Task) -> Prompt:
        if task.sample.id == "1":
            raise BadInput("the picture is missing", where="1.png", mend="put it there")
        return task.sample.prompt

    _, rows = ran(samples(2), Told(lambda id, _: "A"), tmp_path, prepare=prepare)
    assert {row.sample: row.error for row in rows} == {"0": "", "1": "the picture is missing (1.png)"}


def test_seeds_hang_on_the_run_s_seed_and_the_repeat_alone() -> None:
    assert seed_of(1, 0) == seed_of(1, 0)
    assert len({seed_of(seed, repeat) for seed in range(10) for repeat in range(10)}) == 100
    assert all(0 <= seed_of(seed) < 2**31 for seed in range(100))


@pytest.mark.parametrize("name", ["in_flight", "tries", "most_requests"])
def test_a_limit_below_one_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match=f"{name} is 0"):
        Limits(**{name: 0})
    assert QUICK.in_flight == 8
