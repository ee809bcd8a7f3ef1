"""A film in rows: shots, takes with what they cost, verdicts, as a run of the stages records them."""

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from aiuteur.craft.world import Key
from aiuteur.film.bible import Lighting
from aiuteur.film.crew import ModelCard, Role
from aiuteur.film.dailies import Dimension, DimensionRating, Overall, Rating, Verdict
from aiuteur.film.noun import MediaRef
from aiuteur.film.shots import Blocking, Cinematography, Facing, ScreenSide, Shot, ShotSize, ShotType
from aiuteur.film.takes import Clip
from aiuteur.lane import Lane
from aiuteur.registry import ledger
from aiuteur.registry.database import Registry
from aiuteur.registry.ledger import Completion, StoredMedia
from aiuteur.registry.versions import Draft, Outcome, Recorded, record
from tests.registry.builders import LANE, PAID

PRICE = Decimal("0.40")


def shot(item: str, characters: Sequence[str] = ("ada",), kind: ShotType = ShotType.SINGLE) -> Draft:
    """A shot of four seconds."""
    noun = Shot(
        id=item, scene_id="scene1", label=item.upper(), action="She rows.", duration=4.0, lighting=Lighting(),
        cinematography=Cinematography(shot_type=kind, size=ShotSize.MEDIUM),
        blocking=tuple(Blocking(character_id=who, side=ScreenSide.CENTRE, facing=Facing.CAMERA) for who in characters),
    )
    return Draft(Key("shot_list", item), noun, {}, label=f"shot {item}")


def listed(registry: Registry, *shots: Draft, lane: Lane = LANE) -> None:
    """A shot list."""
    with registry.transaction() as session:
        record(session, lane, Outcome(drafts=shots))


def _digest(*parts: object) -> str:
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()


def verdict(media: str, score: float | None, accepted: bool | None = None) -> Verdict:
    """What a judge says of a take; None is a judge that failed. `accepted` is what its project says, where told."""
    if score is None:
        return Verdict(take=media, judge="judge-1", gates=(), overall=Overall.UNKNOWN)
    overall = Overall.ACCEPT if score >= 0.9 else Overall.ACCEPT_WITH_NOTES if score >= 0.8 else Overall.REGENERATE_MINOR
    rating = DimensionRating(dimension=Dimension.CONTINUITY, rating=Rating.MINOR_ISSUES, weight=0.2)
    return Verdict(
        take=media, judge="judge-1", gates=(), ratings=(rating,), score=score, overall=overall, accepted=accepted,
    )


def take(
    registry: Registry, item: str, score: float | None, attempt: int = 1, *, lane: Lane = LANE, basis: str = "b",
    card: ModelCard = PAID, cost: Decimal | None = PRICE, in_vain: int = 0, rules: Sequence[str] = (),
    trials: Mapping[str, bool] | None = None, accepted: bool | None = None,
) -> tuple[Recorded, ...]:
    """One attempt at a shot: calls that failed and were billed, then a take, recorded together with its verdict."""
    media = _digest(lane, item, basis, attempt)
    for number in range(in_vain):
        lost = _asked(registry, item, attempt, lane, basis, card, f"lost{number}")
        with registry.transaction() as session:
            ledger.submitted(session, lost, "op")
            ledger.fail(session, lost, "it broke", cost_usd=cost)
    generation = _asked(registry, item, attempt, lane, basis, card, "take")
    ref = MediaRef(sha256=media, mime="video/mp4", size=9, width=1280, height=720, seconds=4.0)
    clip = Draft(
        Key("clips", item), Clip(shot_id=item, video=ref), {"shot_list:x:action": basis}, generation_id=generation,
        provider=card.provider, model=card.name, template="clip.v1", cost_usd=cost,
        parameters={"rules": list(rules), "trials": dict(trials or {})},
    )
    review = Draft(Key("dailies", f"{item}/clip"), verdict(media, score, accepted), {f"clips:{item}:video": media})
    completion = Completion(generation, media=[StoredMedia("video", ref)], cost_usd=cost)
    with registry.transaction() as session:
        return record(session, lane, Outcome(drafts=(clip, review), completions=(completion,)))


def reserved(registry: Registry, item: str, attempt: int) -> UUID:
    """A call that is under way."""
    return _asked(registry, item, attempt, LANE, "b", PAID, "take")


def _asked(registry: Registry, item: str, attempt: int, lane: Lane, basis: str, card: ModelCard, what: str) -> UUID:
    with registry.transaction() as session:
        return ledger.reserve(
            session, lane, key=Key("clips", item), request_key=_digest(lane, item, attempt, basis, what), card=card,
            role=Role.CINEMATOGRAPHER, task="clip", request={}, basis_digest=basis, attempt=attempt, price_usd=PRICE, worker="w",
        ).generation_id
