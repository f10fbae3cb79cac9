"""What a worker does now and then: when it is due, and without being taken along by what stumbles."""

from __future__ import annotations

import pytest
from django.db import OperationalError

from bilik.config.chores import PAUSE_SECONDS, Chore, Chores, all_chores

NOW = object()


def test_each_chore_is_done_when_it_is_due():
    done = []
    chores = Chores([Chore("often", 1.0, lambda now: done.append("often")), Chore("rarely", 5.0, done.append)])
    for second in range(11):
        chores.when_due(NOW, float(second))
    assert done.count("often") == 11
    assert done.count(NOW) == 3


def test_a_chore_that_stumbles_takes_nobody_along_and_rests(caplog):
    caplog.set_level("ERROR")
    done = []

    def stumble(now):
        done.append("tried")
        raise KeyError("broken")

    chores = Chores([Chore("broken", 1.0, stumble), Chore("sound", 1.0, lambda now: done.append("done"))])
    for second in range(10):
        chores.when_due(NOW, float(second))
    assert (done.count("tried"), done.count("done")) == (1, 10)
    assert "the chore of broken stumbled" in caplog.text
    chores.when_due(NOW, PAUSE_SECONDS + 1)
    assert done.count("tried") == 2


def test_a_database_that_is_away_is_for_the_worker():
    def away(now):
        raise OperationalError("locked")

    with pytest.raises(OperationalError):
        Chores([Chore("away", 1.0, away)]).when_due(NOW, 0.0)


def test_every_room_that_has_a_chore_is_among_them():
    assert [chore.name for chore in all_chores()] == ["exams", "practice", "regrades"]
