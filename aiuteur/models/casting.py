"""The built-in cast: one animatic maker for each role, sharing a pool of processes for what costs a processor.

Belongs here: who is cast when nobody else is, and how many may work at once. Does not belong here: asking them (`routing`).
"""

import ctypes
import multiprocessing
import os
import signal
from collections.abc import Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from typing import Final, Self

from aiuteur.film.crew import Role
from aiuteur.models.protocols import Maker

_PR_SET_PDEATHSIG: Final = 1
_PRELOAD: Final = tuple(f"aiuteur.models.animatic.{maker}" for maker in ("illustrator", "cinematographer", "judge"))


@dataclass(frozen=True, slots=True)
class Cast:
    """Makers by role, how many calls of each may run at once, and the processes they share."""

    makers: Mapping[Role, Maker]
    limits: Mapping[Role, int]
    pool: Executor

    @classmethod
    def built_in(cls, *, processes: int, calls: int) -> Self:
        """The animatic studio; without the voice extra nobody is cast as voice, and captions carry the words."""
        from aiuteur.models.animatic.cinematographer import AnimaticCinematographer
        from aiuteur.models.animatic.illustrator import AnimaticIllustrator
        from aiuteur.models.animatic.judge import AnimaticJudge
        from aiuteur.models.animatic.sound import AnimaticSound
        from aiuteur.models.animatic.voice import AnimaticVoice
        from aiuteur.models.animatic.writer import AnimaticWriter

        pool = process_pool(processes)
        makers: dict[Role, Maker] = {
            Role.WRITER: AnimaticWriter(), Role.ILLUSTRATOR: AnimaticIllustrator(pool),
            Role.CINEMATOGRAPHER: AnimaticCinematographer(pool), Role.SOUND: AnimaticSound(pool), Role.JUDGE: AnimaticJudge(pool),
        }
        if AnimaticVoice.available():
            makers[Role.VOICE] = AnimaticVoice()
        return cls(makers, dict.fromkeys(Role, calls), pool)

    def close(self) -> None:
        """End the processes; what they were making is abandoned."""
        self.pool.shutdown(wait=True, cancel_futures=True)


def process_pool(processes: int) -> Executor:
    """So many processes, forked from a server that has loaded the makers once."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_PRELOAD))
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_begin)


def _begin() -> None:
    """A worker leaves Ctrl-C to its parent, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if os.name == "posix" and hasattr(os, "fork"):
        prctl = getattr(ctypes.CDLL(None), "prctl", None)
        if prctl is not None:
            prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
