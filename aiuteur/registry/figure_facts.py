"""The facts that figures are made of, fetched for a lane or for the studio.

Belongs here: putting the statements of `figure_sums` together. Does not belong here: what the facts come to (`craft.figures`).
"""

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy.orm import Session

from aiuteur.craft.figures.attempts import CAP, Record
from aiuteur.craft.figures.facts import Facts, Outlook, planned
from aiuteur.lane import Lane
from aiuteur.registry import figure_sums
from aiuteur.registry.anchors import readings
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.rules import standards

STUDIO: Final = "the studio"


def facts(
    session: Session, lane: Lane | None, left: Mapping[str, float] | None = None, at_once: int = 1, *,
    moved: Collection[str] = (),
) -> Facts:
    """What the figures of a lane's project are made of, or of the studio without a lane; raises `NotFound`.

    `left` is the seconds of each shot to come; without it, every shot of the lane whose selected clip does not complete it.
    `moved` are those whose inputs are others than those of the takes they have: nothing has failed for them yet.
    """
    if lane is None:
        return Facts(STUDIO, figure_sums.sums(session), projects=figure_sums.projects(session))
    row = lane_row(session, lane)
    lengths, records = figure_sums.lengths(session, row), figure_sums.records(session)
    if left is None:
        ended = figure_sums.ended(session, row)
        left = {shot: seconds for shot, seconds in lengths.items() if shot not in ended}
    failed = {shot: tries for shot, tries in figure_sums.failed(session, row).items() if shot not in moved}
    own = records.pop(row.project_id, Record())
    ahead, bills, times, priced = planned(left, figure_sums.attempts(session, row), lengths, failed)
    cap = min(CAP, standards(session, lane).clips)
    outlook = Outlook(ahead, own, bills, times, [*records.values()], at_once, priced, cap, len(lengths))
    return Facts(
        lane.project, figure_sums.sums(session, row.project_id), figure_sums.shots(session, row.project_id),
        figure_sums.states(session, row.project_id), outlook,
        frames=figure_sums.frames(session, row.project_id),
        opinions=figure_sums.opinions(session, row.project_id), readings=readings(session, row.project_id),
        rules=figure_sums.rule_takes(session, row.project_id),
    )
