"""Commands: what a person can tell the studio to do to a lane, one noun each, told apart by `kind`.

Belongs here: their fields and what they mean; the guide's page is rendered from this. Does not belong here: doing them
(`aiuteur.registry.handlers`), or where one is forbidden (`aiuteur.film.transitions`).

Items are written as people write them: `shot:7B`, `scene:4`, `bible:sue`, `frames/7B/start`, `script`, or by their ids.
"""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Final, Literal, get_args
from uuid import UUID

from pydantic import Field, JsonValue, TypeAdapter

from aiuteur.film.crew import Role
from aiuteur.film.dailies import Dimension, Rating
from aiuteur.film.noun import Noun

Items = Annotated[tuple[str, ...], Field(min_length=1, max_length=5000, description="the items, as people write them")]
Item = Annotated[str, Field(min_length=1, description="the item, as people write it")]
Fields = dict[str, JsonValue]
Ratings = Annotated[dict[Dimension, Rating], Field(description="of takes: a rating for each dimension a person cares to rate")]
Usd = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=6, allow_inf_nan=False)]


class Edit(Noun):
    """Change some fields of an item: a new version, edited and pinned."""

    kind: Literal["edit"] = "edit"
    item: Item
    changes: Fields = Field(min_length=1, description="field → new value; a field inside another is written `wardrobe.headwear`")
    guidance: str | None = Field(default=None, description="why, kept with the version")


class Insert(Noun):
    """Put a new beat, scene, shot or bible entry into its list."""

    kind: Literal["insert"] = "insert"
    what: Literal["beat", "scene", "shot", "entry"]
    content: Fields = Field(description="its fields; what is left out is taken from its neighbour, or is the field's default")
    after: str | None = Field(default=None, description="the item it follows; none: it comes first")
    within: str | None = Field(default=None, description="the scene of a shot that comes first in it")


class Delete(Noun):
    """Take items out of their lists, with everything made for them; their history stays."""

    kind: Literal["delete"] = "delete"
    items: Items


class Move(Noun):
    """Put an item elsewhere in its list; it keeps its number or letter."""

    kind: Literal["move"] = "move"
    item: Item
    after: str | None = Field(default=None, description="the item it is to follow; none: it comes first")


class Split(Noun):
    """Make two of a scene or a shot: the first keeps its identity, the second is new."""

    kind: Literal["split"] = "split"
    item: Item
    at: float = Field(gt=0, description="of a scene, how many elements stay in the first; of a shot, the second it is cut at")


class SelectVariant(Noun):
    """Choose one of the treatment's variants."""

    kind: Literal["select_variant"] = "select_variant"
    variant: int = Field(ge=1, description="its number, from 1")


class Approve(Noun):
    """Accept what is selected now, and pin it."""

    kind: Literal["approve"] = "approve"
    items: Items
    ratings: Ratings = Field(default={})
    note: str = ""


class Reject(Noun):
    """Say no to a version; the next best takes its place."""

    kind: Literal["reject"] = "reject"
    items: Items
    version: int | None = Field(default=None, ge=1, description="its number; none: the one that is selected")
    ratings: Ratings = Field(default={})
    reason: str = ""


class Promote(Noun):
    """Select one version and pin it, its rejection withdrawn."""

    kind: Literal["promote"] = "promote"
    item: Item
    version: int = Field(ge=1, description="its number")


class UpdateSceneAsset(Noun):
    """Promote a version of an item, or with no version let none be selected until another is made or promoted."""

    kind: Literal["update_scene_asset"] = "update_scene_asset"
    item: Item
    version: int | None = Field(default=None, ge=1, description="its number; none: nothing is selected any more")


class RegenerateScene(Noun):
    """Ask for the frames and clips of a scene's shots again."""

    kind: Literal["regenerate_scene"] = "regenerate_scene"
    scene: Item
    guidance: str | None = Field(default=None, description="what is to be different, in words for the prompts")
    force: bool = Field(default=False, description="also proposals beside what is pinned")


class Pin(Noun):
    """Hold what is selected now: automation makes nothing in its place."""

    kind: Literal["pin"] = "pin"
    items: Items


class Unpin(Noun):
    """Let go: the best take with the present inputs is selected again, and automation may make another."""

    kind: Literal["unpin"] = "unpin"
    items: Items


class Keep(Noun):
    """Keep what is selected although what it was made from has moved: its content, on the present inputs, pinned."""

    kind: Literal["keep"] = "keep"
    items: Items


class Lock(Noun):
    """Let nobody change an item, select another version of it, or make it again."""

    kind: Literal["lock"] = "lock"
    items: Items


class Unlock(Noun):
    """Open what was locked."""

    kind: Literal["unlock"] = "unlock"
    items: Items


class Star(Noun):
    """Circle a version as a favourite; nothing else changes."""

    kind: Literal["star"] = "star"
    items: Items
    version: int | None = Field(default=None, ge=1, description="its number; none: the one that is selected")


class Unstar(Noun):
    """Take a star away."""

    kind: Literal["unstar"] = "unstar"
    items: Items
    version: int | None = Field(default=None, ge=1, description="its number; none: the one that is selected")


class Remake(Noun):
    """Ask for items to be made again although nothing they were made from has moved."""

    kind: Literal["remake"] = "remake"
    items: Items
    model: str | None = Field(default=None, description="who is to make them; none: whoever is cast")
    guidance: str | None = Field(default=None, description="what is to be different, in words for the prompt")
    variants: int = Field(default=1, ge=1, le=24, description="how many takes of each")
    refine_from: int | None = Field(default=None, ge=1, description="the number of the version to start from, image to image")
    force: bool = Field(default=False, description="in place of an ask that is still open")


class ApplyRule(Noun):
    """Let a suggested rule in, switch one off, or make one retroactive: ask for the takes made without it again."""

    kind: Literal["apply_rule"] = "apply_rule"
    rule: str = Field(min_length=1, description="its id")
    do: Literal["apply", "accept", "off"] = Field(default="apply", description="accept: for takes to come alone; off: no more")
    items: tuple[str, ...] = Field(default=(), description="only these; none: all it speaks of")


class Fork(Noun):
    """Begin a branch here, with what is selected so far: no calls, no media, no cost."""

    kind: Literal["fork"] = "fork"
    branch: str = Field(description="its name")
    at: str | None = Field(default=None, description="the last stage that it has from here, by name or number; none: all of them")
    message: str = Field(default="", description="what it is for")


class Merge(Noun):
    """Take items over from another branch of the project."""

    kind: Literal["merge"] = "merge"
    source: str = Field(description="the branch they come from")
    take: tuple[str, ...] = Field(default=(), description="the items; none: all that changed there and not here")
    theirs: bool = Field(default=False, description="where both sides changed, or an item named is pinned here, take theirs")
    message: str = ""


class Archive(Noun):
    """Put a branch away: it leaves the lists and takes nothing but a restore."""

    kind: Literal["archive"] = "archive"
    reason: str = ""


class Restore(Noun):
    """Bring an archived branch back."""

    kind: Literal["restore"] = "restore"


class SetBudget(Noun):
    """Say what may be spent on the project, this branch of it, or one shot; a sum left out stays as it is."""

    kind: Literal["set_budget"] = "set_budget"
    scope: Literal["project", "branch", "shot"] = "project"
    shot: str | None = Field(default=None, description="the shot, for that scope")
    cap_usd: Usd | None = Field(default=None, description="never more than this")
    approve_above_usd: Usd | None = Field(default=None, description="a plan expected to cost more waits for a person")
    unknown_allowance_usd: Usd | None = Field(default=None, description="what is reserved for a call whose price nobody knows")


class ApproveSpend(Noun):
    """Say yes to what a plan will cost."""

    kind: Literal["approve_spend"] = "approve_spend"
    fingerprint: str = Field(min_length=1, description="the plan's fingerprint, as the quote tells it")
    up_to_usd: Usd


class AcknowledgeInvalidation(Noun):
    """Take note of what a change made stale, and of what that will cost."""

    kind: Literal["acknowledge_invalidation"] = "acknowledge_invalidation"
    ids: tuple[UUID, ...] = Field(default=(), description="their ids; none: all that are open on the lane")


class SetPolicy(Noun):
    """Say how far automation may go on the project by itself; what is left out stays as it is."""

    kind: Literal["set_policy"] = "set_policy"
    auto: Literal["off", "free", "within_budget"] | None = None
    max_failures: int | None = Field(default=None, ge=1, le=100, description="runs that may fail in a row before it stops asking")
    webhook: str | None = Field(default=None, description="an address that is told of interrupts; '' for none")
    thresholds: dict[str, float] = Field(default={}, description="least score (score, frames, clips) and bounds of the gates")
    takes: Fields = Field(default={}, description="attempts (frames, clips), stop_below, trial_share, accept_rules, anchors")


class CastModel(Noun):
    """Say who makes what: for the project, this branch, or some scenes and shots of it."""

    kind: Literal["cast_model"] = "cast_model"
    role: Role
    model: str | None = Field(default=None, description="the model, as the catalogue names it; none: whoever is cast more widely")
    scope: Literal["project", "branch", "items"] = "branch"
    items: tuple[str, ...] = Field(default=(), description="scenes and shots, for that scope")


class ResolveInterrupt(Noun):
    """Answer something that waits for a person."""

    kind: Literal["resolve_interrupt"] = "resolve_interrupt"
    interrupt: UUID
    action: Literal["retry", "accept", "skip"] = "retry"
    guidance: str | None = Field(default=None, description="what is to be different, in words for the prompt")
    attempts: int | None = Field(default=None, ge=1, le=8, description="how many more attempts it may have")


class Resume(Noun):
    """Let a lane go on that stopped asking after failures."""

    kind: Literal["resume"] = "resume"
    note: str = ""


Command = (
    Edit | Insert | Delete | Move | Split | SelectVariant | Approve | Reject | Promote | UpdateSceneAsset | RegenerateScene | Pin
    | Unpin | Keep | Lock | Unlock | Star | Unstar | Remake | ApplyRule | Fork | Merge | Archive | Restore | SetBudget
    | ApproveSpend | AcknowledgeInvalidation | SetPolicy | CastModel | ResolveInterrupt | Resume
)
COMMAND: Final[TypeAdapter[Command]] = TypeAdapter(Annotated[Command, Field(discriminator="kind")])
"""Reads any command back from its document."""

COMMANDS: Final[Mapping[str, type[Command]]] = MappingProxyType(
    {str(command.model_fields["kind"].default): command for command in get_args(Command)}
)
"""Every command by its kind, in the order of the guide."""
