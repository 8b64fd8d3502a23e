"""Counts in words: each thing said is said once, and the numbers add up."""

from collections import Counter

from commitments.indicators.enums import Status
from commitments.public.queries.tally import Tally
from commitments.public.wording.counts import counted_closed, in_words
from commitments.register.enums import LifeCycle


def test_closed_commitments_are_counted_once_for_each_way_they_ended() -> None:
    ended = {Status.ON_TRACK: 19, Status.OFF_TRACK: 14, Status.NO_DATA: 31, Status.FULFILLED: 2}
    stopped = {Status.AT_RISK: 5, Status.ON_TRACK: 7}
    closed = Counter({(LifeCycle.ENDED, status): number for status, number in ended.items()})
    closed |= Counter({(LifeCycle.SUSPENDED, status): number for status, number in stopped.items()})
    counted = Tally(active=Counter({Status.ON_TRACK: 3}), closed=closed)
    assert sorted(counted_closed(counted)) == [
        "12 suspended, not fulfilled",
        "2 ended, fulfilled",
        "31 ended, not assessed",
        "33 ended, not fulfilled",
    ]
    said = in_words(counted).split(" · ")
    assert len(said) == len(set(said)) == 5
    assert sum(int(words.split()[0]) for words in said) == counted.total
