"""Limits: when a provider may next be asked, across all processes, by the database's clock.

Belongs here: turns, caps on calls under way, cool-downs. Does not belong here: which limits there are
(`aiuteur.models.limits`), or what is done while waiting.

A turn is a place in time, given in one statement: nobody polls for it, nobody overtakes, and a limit is used to the full. A place
whose taker died is lost, which costs one turn.

A provider counts what arrived in a window of time. Among calls that are one too many there are always two whose places are a
window apart, so it is enough that no two such calls arrive closer than that: whoever arrives late tells, and whoever has a place
a window later waits for it. All other places stand as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from aiuteur.digest import Json
from aiuteur.registry.lanes import LaneRow


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit that a call falls under.

    `scope` is a provider, a model of it (`provider/model`) or a key (`provider#mark`); `every` the seconds between two calls, 0
    for no limit; `burst` how many may come together after a rest; `at_once` the most under way at a time, None for no limit;
    `span` the seconds of the window in which the provider counts.
    """

    scope: str
    every: float = 0.0
    burst: int = 1
    at_once: int | None = None
    span: float = 1.0

    def document(self) -> dict[str, Json]:
        """The form in the statement."""
        return {"scope": self.scope, "every": self.every, "burst": self.burst, "span": self.span}


@dataclass(frozen=True, slots=True)
class Place:
    """A place in time: the seconds until it, and, where it is one among others, the database's own time when it was told."""

    seconds: float
    now: float | None = None

    @property
    def at(self) -> float | None:
        """The place by the database's clock, in seconds since 1970."""
        return self.now + self.seconds if self.now is not None else None


_KNOW: Final = text("""
INSERT INTO aiuteur.rates (owner_id, scope, next_at)
SELECT :owner, unnest(CAST(:scopes AS text[])), 'epoch' ON CONFLICT DO NOTHING
""")
_SLOT: Final = text("""
WITH asked AS (SELECT * FROM jsonb_to_recordset(:limits) AS l(scope text, every double precision, burst int)),
held AS (
    SELECT r.scope, greatest(r.next_at, r.cool_until) AS next_at, a.every * (1 + least(5, r.strikes
        * power(0.5, least(60, coalesce(extract(epoch FROM clock_timestamp() - r.struck_at) / 30, 60))))) AS every,
        (a.burst - 1) * a.every AS rest
    FROM aiuteur.rates r JOIN asked a USING (scope) WHERE r.owner_id = :owner ORDER BY r.scope FOR UPDATE OF r),
slot AS (
    SELECT greatest(clock_timestamp() + make_interval(secs => :least),
        max(greatest(next_at, clock_timestamp() - make_interval(secs => rest)))) AS at,
        count(*) AS known FROM held),
moved AS (
    UPDATE aiuteur.rates r SET next_at = greatest(h.next_at, slot.at - make_interval(secs => h.rest))
        + make_interval(secs => h.every)
    FROM held h, slot
    WHERE r.owner_id = :owner AND r.scope = h.scope AND extract(epoch FROM slot.at - clock_timestamp()) <= :most)
SELECT extract(epoch FROM at - told.now), extract(epoch FROM told.now), known
FROM slot, LATERAL (SELECT clock_timestamp() AS now WHERE slot.known >= 0) told
""").bindparams(bindparam("limits", type_=JSONB))
_COOLING: Final = text("""
SELECT coalesce(extract(epoch FROM max(cool_until) - clock_timestamp()), 0) FROM aiuteur.rates
WHERE owner_id = :owner AND scope = ANY(:scopes)
""")
_LOCK: Final = text("SELECT scope FROM aiuteur.rates WHERE owner_id = :owner AND scope = ANY(:scopes) ORDER BY scope FOR UPDATE")
_LATE: Final = text("""
UPDATE aiuteur.rates r SET late = coalesce((
    SELECT jsonb_agg(l) FROM jsonb_array_elements(r.late) l
    WHERE (l ->> 1)::float8 + a.span > extract(epoch FROM clock_timestamp())), '[]')
    || jsonb_build_array(jsonb_build_array(CAST(:place AS float8), CAST(:arrived AS float8)))
FROM jsonb_to_recordset(:limits) AS a(scope text, span double precision) WHERE r.owner_id = :owner AND r.scope = a.scope
""").bindparams(bindparam("limits", type_=JSONB))
# A few milliseconds for what is lost in reckoning from one clock to another.
_AFTER: Final = text("""
SELECT max((l ->> 1)::float8 + a.span) + 0.005 FROM jsonb_to_recordset(:limits) AS a(scope text, span double precision)
JOIN aiuteur.rates r USING (scope) CROSS JOIN jsonb_array_elements(r.late) l
WHERE r.owner_id = :owner AND (l ->> 0)::float8 <= CAST(:place AS float8) - a.span + 0.001
""").bindparams(bindparam("limits", type_=JSONB))
_UNDER_WAY: Final = text("""
SELECT provider, model, count(*) FROM aiuteur.generations
WHERE state IN ('SUBMITTING', 'SUBMITTED', 'RUNNING') AND lease_until > now() AND provider = :provider
    AND id IS DISTINCT FROM CAST(:asking AS uuid) GROUP BY 1, 2
""")
_COOL: Final = text("""
INSERT INTO aiuteur.rates AS r (owner_id, scope, cool_until, strikes, struck_at, reason)
VALUES (:owner, :scope, clock_timestamp() + make_interval(secs => :seconds), 1, clock_timestamp(), :reason)
ON CONFLICT (owner_id, scope) DO UPDATE SET cool_until = greatest(r.cool_until, excluded.cool_until),
    strikes = CASE WHEN r.struck_at > clock_timestamp() - interval '2 minutes' THEN r.strikes + 1 ELSE 1 END,
    struck_at = clock_timestamp(), reason = excluded.reason
RETURNING strikes
""")
_NOW: Final = text("SELECT extract(epoch FROM clock_timestamp())")
_STATE: Final = text("""
SELECT scope, extract(epoch FROM greatest(next_at, cool_until) - clock_timestamp()), strikes, reason FROM aiuteur.rates
WHERE owner_id = :owner ORDER BY scope
""")


def turn(
    session: Session, row: LaneRow, provider: str, model: str, limits: Sequence[Limit], most: float, least: float = 0.0,
    asking: UUID | None = None,
) -> Place | None:
    """Take a place, which is then this call's alone; None where all places are taken by other calls under way.

    Where it would come later than in `most` seconds, none is taken, and the seconds are told all the same; none comes sooner than
    in `least`. `asking` is the call that asks, which may count as under way although its moment has gone by.
    """
    if not limits:
        return Place(0.0)
    scopes = [limit.scope for limit in limits]
    if any(limit.at_once is not None for limit in limits) and _crowded(session, row, (provider, model), limits, asking):
        return None
    if not any(limit.every for limit in limits):
        return Place(max(0.0, float(session.execute(_COOLING, {"owner": row.owner_id, "scopes": scopes}).scalar_one())))
    asked = {"owner": row.owner_id, "limits": [limit.document() for limit in limits], "most": most, "least": least}
    seconds, now, known = session.execute(_SLOT, asked).one()
    if known < len(scopes):
        session.execute(_KNOW, {"owner": row.owner_id, "scopes": scopes})
        seconds, now, known = session.execute(_SLOT, asked).one()
    return Place(max(0.0, float(seconds)), float(now))


def late(session: Session, row: LaneRow, limits: Sequence[Limit], place: float, arrived: float) -> None:
    """Tell that a call arrived later than at its place, by the database's clock."""
    paced = [limit for limit in limits if limit.every]
    session.execute(_LOCK, {"owner": row.owner_id, "scopes": [limit.scope for limit in paced]})
    told = [limit.document() for limit in paced]
    session.execute(_LATE, {"owner": row.owner_id, "limits": told, "place": place, "arrived": arrived})


def earliest(session: Session, row: LaneRow, limits: Sequence[Limit], place: float) -> float | None:
    """The time before which a call with this place is not to go because others were late; None where none was."""
    told = [limit.document() for limit in limits if limit.every]
    return session.execute(_AFTER, {"owner": row.owner_id, "limits": told, "place": place}).scalar_one()


def now(session: Session) -> float:
    """The database's time, in seconds since 1970."""
    return float(session.execute(_NOW).scalar_one())


def cool(session: Session, row: LaneRow, scope: str, seconds: float, reason: str) -> int:
    """Leave a provider alone for so many seconds; returns how many noes have followed one another."""
    asked = {"owner": row.owner_id, "scope": scope, "seconds": seconds, "reason": reason}
    return int(session.execute(_COOL, asked).scalar_one())


def pace(session: Session, row: LaneRow) -> Mapping[str, tuple[float, int, str | None]]:
    """Each scope's seconds until it may be asked, its strikes, and what it said last."""
    rows = session.execute(_STATE, {"owner": row.owner_id})
    return {scope: (max(0.0, float(seconds or 0.0)), strikes, reason) for scope, seconds, strikes, reason in rows}


def _crowded(
    session: Session, row: LaneRow, whom: tuple[str, str], limits: Sequence[Limit], asking: UUID | None
) -> bool:
    """Whether as many other calls are under way as may be; whoever asks next waits for this transaction's end."""
    scopes, (provider, model) = [limit.scope for limit in limits], whom
    session.execute(_KNOW, {"owner": row.owner_id, "scopes": scopes})
    session.execute(_LOCK, {"owner": row.owner_id, "scopes": scopes})
    of_models = {name: count for _, name, count in session.execute(_UNDER_WAY, {"provider": provider, "asking": asking})}
    for limit in limits:
        under_way = of_models.get(model, 0) if "/" in limit.scope else sum(of_models.values())
        if limit.at_once is not None and under_way >= limit.at_once:
            return True
    return False
