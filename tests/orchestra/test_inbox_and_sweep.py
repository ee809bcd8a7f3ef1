"""The inbox, the sweep and what is permitted later, by real ticks on an ephemeral instance."""

from datetime import UTC, datetime

import dagster as dg

from aiuteur.errors import Unavailable
from aiuteur.film.watch import Drained, Permitted, Swept
from aiuteur.lane import Lane
from tests.orchestra.watches import FakeWatch, said, tick

BROKEN = FakeWatch(broken=Unavailable("Postgres is not reachable."))


def test_commands_are_done_and_what_became_of_each_is_told() -> None:
    inbox = [Drained(True, "a@main: approved the script."), Drained(False, "a@main: shot 3A is locked.")]
    with dg.DagsterInstance.ephemeral() as instance:
        told = said(tick("requests", FakeWatch(inbox=inbox), instance))
        assert told == "1 commands done, 1 refused. a@main: approved the script. a@main: shot 3A is locked."
        assert said(tick("requests", FakeWatch(), instance)) == "The inbox is empty."
        assert "not reachable" in said(tick("requests", BROKEN, instance))


def test_a_sweep_that_needs_longer_than_a_tick_goes_on_where_it_ended() -> None:
    watch = FakeWatch(swept=Swept(900, (), Lane("m")))
    with dg.DagsterInstance.ephemeral() as instance:
        first = tick("sweep", watch, instance)
        assert said(first) == "Looked at 900 lanes, up to m@main; the next tick goes on: nothing was missed."
        watch.swept = Swept(100, (Lane("z"),), None)
        second = tick("sweep", watch, instance, first.cursor)
        assert said(second) == "Looked at 100 lanes, which are all: missed: z@main."
        assert (watch.after, second.cursor) == ([None, Lane("m")], "")
        assert "not reachable" in said(tick("sweep", BROKEN, instance))


def test_what_is_permitted_later_goes_on_once() -> None:
    first, second = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
    watch = FakeWatch(answered=[Permitted(Lane("a"), first, "attempts answered"), Permitted(Lane("b"), second, "set budget")])
    with dg.DagsterInstance.ephemeral() as instance:
        told = tick("dailies", watch, instance)
        assert said(told) == "Goes on: a@main: attempts answered; b@main: set budget."
        assert said(tick("dailies", watch, instance, told.cursor)) == "Nobody answered anything that waits."
        assert "not reachable" in said(tick("dailies", BROKEN, instance))
