"""One live run a lane: waited for, refused in a sentence, and let go by the server when its process dies."""

import signal
import subprocess
import sys
import threading
import time

import pytest

from aiuteur.errors import Conflict, NotFound
from aiuteur.lane import Lane
from aiuteur.registry.database import Registry
from aiuteur.registry.locks import live_run
from tests.registry.builders import FREE, LANE, ask, begun

HOLD = """
import sys
from aiuteur.lane import Lane
from aiuteur.registry.database import Registry, local_user
from aiuteur.registry.locks import live_run
registry = Registry.connect(sys.argv[1], local_user())
with live_run(registry, Lane("ferry")):
    print("held", flush=True)
    input()
"""


def test_a_second_run_of_a_lane_is_refused(registry: Registry) -> None:
    begun(registry)
    with live_run(registry, LANE), pytest.raises(Conflict, match="Another run is making ferry@main"), live_run(registry, LANE):
        pytest.fail("two runs of one lane")


def test_a_second_run_waits_its_time_and_no_longer(registry: Registry) -> None:
    begun(registry)
    with live_run(registry, LANE):
        started = time.monotonic()
        with pytest.raises(Conflict), live_run(registry, LANE, wait_seconds=0.3):
            pytest.fail("two runs of one lane")
        assert 0.2 < time.monotonic() - started < 5


def test_a_waiting_run_goes_on_when_the_first_ends(registry: Registry) -> None:
    begun(registry)
    entered = threading.Event()

    def second() -> None:
        with live_run(registry, LANE, wait_seconds=20):
            entered.set()

    with live_run(registry, LANE):
        waiting = threading.Thread(target=second)
        waiting.start()
        assert not entered.wait(0.2)
    waiting.join(20)
    assert entered.is_set()


def test_lanes_do_not_wait_for_each_other(registry: Registry) -> None:
    begun(registry)
    begun(registry, Lane("other"))
    with live_run(registry, LANE), live_run(registry, Lane("other")):
        pass


def test_an_unknown_lane_cannot_be_run(registry: Registry) -> None:
    with pytest.raises(NotFound), live_run(registry, LANE):
        pytest.fail("a run of nothing")


def test_a_killed_run_lets_go_and_its_calls_are_taken_up(registry: Registry, database_url: str) -> None:
    begun(registry)
    with subprocess.Popen([sys.executable, "-c", HOLD, database_url], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        ask(registry, card=FREE)
        with pytest.raises(Conflict), live_run(registry, LANE):
            pytest.fail("two runs of one lane")
        process.send_signal(signal.SIGKILL)
    with live_run(registry, LANE, wait_seconds=10):
        assert ask(registry, card=FREE).state == "new"
