"""The tables: what is known, one class a table.

Belongs here: columns, keys and constraints. Does not belong here: row-level security, grants and triggers (`migrations`), and
anything that reads or writes (`versions`, `ledger`, `projects`).

Every row has an owner, and a row points at another only together with its owner: nobody hangs a row on a stranger's branch.
"""

from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    DateTime,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    MetaData,
    Numeric,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from aiuteur.registry.states import GENERATION_STATES, OPEN, UNREPEATABLE, sql_list

SCHEMA: Final = "aiuteur"
ORIGINS: Final = ("generated", "edited", "imported", "merged")
COMMAND_STATES: Final = ("pending", "done", "refused")
SCOPES: Final = ("global", "local_scene", "local_shot", "continuity_break")
ENDINGS: Final = ("judged", "accepted", "skipped")
SERIES: Final = ("attempts", "cost", "quality")
RULE_SCOPES: Final = ("project", "character", "department")
RULE_STATES: Final = ("suggested", "trial", "in_force", "off")
INTERRUPTS: Final = ("failure", "approval", "attempts", "forecast", "judge", "ambiguous")
NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
_NOW: Final = func.now()
_EMPTY: Final = text("'{}'::jsonb")
_NOTHING: Final = text("'[]'::jsonb")
_NONE: Final = text("'{}'::uuid[]")
_NO_NAMES: Final = text("'{}'::text[]")
_NOUGHT: Final = text("0")
_IN_VAIN: Final = "state <> 'COMPLETED' AND cost_usd > 0"
_OPEN: Final = text("closed_at IS NULL")
_UNREPEATABLE: Final = f"state IN {sql_list(UNREPEATABLE)}"
_UNENDED: Final = f"state IN {sql_list(OPEN)}"

Document = dict[str, object]


class Base(DeclarativeBase):
    """The base of every table, and where the naming conventions live."""

    metadata = MetaData(schema=SCHEMA, naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - the shape that SQLAlchemy reads
        datetime: DateTime(timezone=True),
        Document: JSONB,
        list[Document]: JSONB,
        list[str]: JSONB,
        list[UUID]: ARRAY(Uuid),
        str: Text,
        Decimal: Numeric(12, 6),
        float: Double,
    }


def _owned(column: str, *, of: str, use_alter: bool = False) -> ForeignKeyConstraint:
    """A reference that also holds the owner: only rows of the same person can be pointed at."""
    targets = [f"{SCHEMA}.{of}.id", f"{SCHEMA}.{of}.owner_id"]
    return ForeignKeyConstraint([column, "owner_id"], targets, use_alter=use_alter)


class User(Base):
    """A person; a studio on one machine has one, made at set-up."""

    __tablename__ = "users"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    name: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class Project(Base):
    """One film to be, by its name, which is unique in the studio; series and episode wait for their day.

    One that was erased has given its name back, and bears one that no project can: what it cost is still told.
    """

    __tablename__ = "projects"
    __table_args__ = (UniqueConstraint("name"), UniqueConstraint("id", "owner_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    owner_id: Mapped[UUID] = mapped_column(ForeignKey(User.id), index=True)
    name: Mapped[str]
    seed: Mapped[str | None]
    series_id: Mapped[UUID | None]
    episode_number: Mapped[int | None]
    settings: Mapped[Document] = mapped_column(server_default=_EMPTY)
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    erased_at: Mapped[datetime | None]


class Branch(Base):
    """One line of a project's history; `revision` moves with every change, `seed` reproduces the ids minted on it."""

    __tablename__ = "branches"
    __table_args__ = (
        UniqueConstraint("project_id", "name"),
        UniqueConstraint("id", "owner_id"),
        _owned("project_id", of="projects"),
        _owned("parent_branch_id", of="branches"),
        Index("uq_branches_one_main", "project_id", unique=True, postgresql_where=text("is_main")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    owner_id: Mapped[UUID] = mapped_column(index=True)
    project_id: Mapped[UUID]
    name: Mapped[str]
    parent_branch_id: Mapped[UUID | None]
    forked_at_stage: Mapped[str | None]
    message: Mapped[str] = mapped_column(server_default="")
    is_main: Mapped[bool] = mapped_column(server_default=text("false"))
    seed: Mapped[str]
    revision: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    archived_at: Mapped[datetime | None]


class Counter(Base):
    """How many ids of a scope a branch has minted."""

    __tablename__ = "counters"
    __table_args__ = (PrimaryKeyConstraint("branch_id", "scope"), _owned("branch_id", of="branches"))

    branch_id: Mapped[UUID]
    scope: Mapped[str]
    owner_id: Mapped[UUID]
    next: Mapped[int] = mapped_column(Integer)


class Artifact(Base):
    """One item of an artifact on a branch, and its pointers.

    `selected_version_id` is what the lane shows: `best` if set, else the newest unrejected; it is moved in the transaction that
    moves either. A fork copies these rows, pointers and `head_n` with them; `parent_artifact_id` and `forked_n` say whose
    versions, up to which number, its history begins with, and `forked_version_id` what was selected then: the base of a merge.
    """

    __tablename__ = "artifacts"
    __table_args__ = (
        UniqueConstraint("branch_id", "kind", "item"),
        UniqueConstraint("id", "owner_id"),
        _owned("branch_id", of="branches"),
        _owned("parent_artifact_id", of="artifacts"),
        _owned("head_version_id", of="versions", use_alter=True),
        _owned("best_version_id", of="versions", use_alter=True),
        _owned("selected_version_id", of="versions", use_alter=True),
        _owned("forked_version_id", of="versions", use_alter=True),
        {"postgresql_with": {"fillfactor": 70}},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    owner_id: Mapped[UUID]
    branch_id: Mapped[UUID]
    kind: Mapped[str]
    item: Mapped[str]
    label: Mapped[str | None]
    head_n: Mapped[int] = mapped_column(server_default=text("0"))
    head_version_id: Mapped[UUID | None]
    best_version_id: Mapped[UUID | None]
    selected_version_id: Mapped[UUID | None]
    pinned: Mapped[bool] = mapped_column(server_default=text("false"))
    locked: Mapped[bool] = mapped_column(server_default=text("false"))
    parent_artifact_id: Mapped[UUID | None]
    forked_n: Mapped[int | None]
    forked_version_id: Mapped[UUID | None]
    tombstoned_at: Mapped[datetime | None]


class Version(Base):
    """One version of one item, written once; `parent_id` is the version it was refined or merged from.

    `score` is what its dailies gave it when it was recorded, None where nobody judged or could.
    """

    __tablename__ = "versions"
    __table_args__ = (
        UniqueConstraint("artifact_id", "n"),
        UniqueConstraint("id", "owner_id"),
        _owned("artifact_id", of="artifacts"),
        _owned("parent_id", of="versions"),
        _owned("generation_id", of="generations"),
        CheckConstraint(f"origin IN {sql_list(ORIGINS)}", name="origin"),
        CheckConstraint("n > 0", name="n"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID]
    artifact_id: Mapped[UUID]
    n: Mapped[int]
    origin: Mapped[str]
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey(User.id))
    parent_id: Mapped[UUID | None]
    schema_version: Mapped[int]
    content: Mapped[Document]
    digest: Mapped[str]
    fields: Mapped[Document]
    basis: Mapped[Document]
    guidance: Mapped[str | None]
    final_prompt: Mapped[str | None]
    template: Mapped[str | None]
    provider: Mapped[str | None]
    model: Mapped[str | None]
    parameters: Mapped[Document] = mapped_column(server_default=_EMPTY)
    cost_usd: Mapped[Decimal | None]
    generation_id: Mapped[UUID | None]
    score: Mapped[float | None]
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class Rejection(Base):
    """A person's no to one version; the version itself never changes."""

    __tablename__ = "rejections"
    __table_args__ = (_owned("version_id", of="versions"),)

    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID]
    by: Mapped[UUID | None] = mapped_column(ForeignKey(User.id))
    at: Mapped[datetime] = mapped_column(server_default=_NOW)
    reason: Mapped[str] = mapped_column(server_default="")


class Star(Base):
    """A person's favourite: like a rejection it belongs to a version, and several takes of one item may be circled."""

    __tablename__ = "stars"
    __table_args__ = (_owned("version_id", of="versions"),)

    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID]
    by: Mapped[UUID | None] = mapped_column(ForeignKey(User.id))
    at: Mapped[datetime] = mapped_column(server_default=_NOW)


class Media(Base):
    """Stored bytes as a person knows them; the bytes live in `aiuteur.media`, what was measured of them here."""

    __tablename__ = "media"
    __table_args__ = (PrimaryKeyConstraint("owner_id", "sha256"),)

    owner_id: Mapped[UUID] = mapped_column(ForeignKey(User.id))
    sha256: Mapped[str]
    mime: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    width: Mapped[int | None]
    height: Mapped[int | None]
    seconds: Mapped[float | None]
    measurements: Mapped[Document] = mapped_column(server_default=_EMPTY)
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class Generation(Base):
    """The ledger: one row for each authorised attempt at a call, from intent to settlement.

    `attempt` is in the request key, `basis_digest` is what the attempt was counted under, `reused` how often its answer was
    taken instead of a new call. While a row is live, completed or ambiguous no second one may bear its key. `budget_ids` are
    the budgets that `reserved_usd` was taken from. One that was sent again although it may have been charged is `suspected`, and
    its reservation stays; `fallback` says why this model was asked instead of the one cast before it.
    """

    __tablename__ = "generations"
    __table_args__ = (
        UniqueConstraint("id", "owner_id"),
        _owned("branch_id", of="branches"),
        CheckConstraint(f"state IN {sql_list(GENERATION_STATES)}", name="state"),
        CheckConstraint("attempt > 0", name="attempt"),
        Index("uq_generations_request", "owner_id", "request_key", unique=True, postgresql_where=text(_UNREPEATABLE)),
        Index("ix_generations_branch", "branch_id", "artifact", "item"),
        Index("ix_generations_open", "lease_until", postgresql_where=text(_UNENDED)),
        Index("ix_generations_in_vain", "branch_id", "artifact", "item", postgresql_where=text(_IN_VAIN)),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    owner_id: Mapped[UUID]
    branch_id: Mapped[UUID]
    artifact: Mapped[str]
    item: Mapped[str]
    basis_digest: Mapped[str]
    attempt: Mapped[int]
    request_key: Mapped[str]
    state: Mapped[str]
    role: Mapped[str]
    task: Mapped[str]
    provider: Mapped[str]
    api: Mapped[str]
    model: Mapped[str]
    replayable: Mapped[bool]
    request: Mapped[Document]
    result: Mapped[Document | None] = mapped_column(JSONB(none_as_null=True))
    media: Mapped[list[Document]] = mapped_column(server_default=_NOTHING)
    usage: Mapped[Document] = mapped_column(server_default=_EMPTY)
    reserved_usd: Mapped[Decimal | None]
    cost_usd: Mapped[Decimal | None]
    budget_ids: Mapped[list[UUID]] = mapped_column(server_default=_NONE)
    operation: Mapped[str | None]
    error: Mapped[str | None]
    fallback: Mapped[str | None]
    suspected: Mapped[bool] = mapped_column(server_default=text("false"))
    reused: Mapped[int] = mapped_column(server_default=text("0"))
    worker: Mapped[str]
    lease_until: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    sent_at: Mapped[datetime | None]
    lost_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]


class Casting(Base):
    """Who is cast for a role: models in the order in which they are asked, for a project, a branch, or a scene or shot of one.

    `item` is `scene:` or `shot:` and an id; the narrowest row that fits counts.
    """

    __tablename__ = "castings"
    __table_args__ = (
        UniqueConstraint("project_id", "branch_id", "item", "role", postgresql_nulls_not_distinct=True),
        _owned("project_id", of="projects"),
        _owned("branch_id", of="branches"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    owner_id: Mapped[UUID]
    project_id: Mapped[UUID]
    branch_id: Mapped[UUID | None]
    item: Mapped[str | None]
    role: Mapped[str]
    models: Mapped[list[str]]
    by: Mapped[UUID | None] = mapped_column(ForeignKey(User.id))
    at: Mapped[datetime] = mapped_column(server_default=_NOW)


class Rate(Base):
    """When a provider, a model of it or a key may next be asked, and until when it is left alone after it said no.

    `strikes` counts the noes that followed one another; `late` tells of calls that arrived after their place: both times.
    """

    __tablename__ = "rates"
    __table_args__ = (PrimaryKeyConstraint("owner_id", "scope"),)

    owner_id: Mapped[UUID] = mapped_column(ForeignKey(User.id))
    scope: Mapped[str]
    next_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    cool_until: Mapped[datetime | None]
    strikes: Mapped[int] = mapped_column(server_default=_NOUGHT)
    struck_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    late: Mapped[list[list[float]]] = mapped_column(JSONB, server_default=text("'[]'"))


class FigureTake(Base):
    """A take in numbers, as figures add them up: what made it, what it cost, and what its newest verdict says.

    `basis` groups attempts at the same thing, `waited` is seconds from sending to answer, `rules` were in force, `trials` are the
    rules on trial it was drawn for (true) or against.
    """

    __tablename__ = "figure_takes"
    __table_args__ = (
        _owned("project_id", of="projects"),
        _owned("branch_id", of="branches"),
        Index("ix_figure_takes_shot", "branch_id", "shot", "part", "n"),
        Index("ix_figure_takes_project", "project_id"),
        Index("ix_figure_takes_generation", "generation_id"),
    )

    take_id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID]
    project_id: Mapped[UUID]
    branch_id: Mapped[UUID]
    shot: Mapped[str]
    part: Mapped[str]
    n: Mapped[int]
    media: Mapped[str]
    basis: Mapped[str]
    generation_id: Mapped[UUID | None]
    attempt: Mapped[int]
    origin: Mapped[str]
    provider: Mapped[str | None]
    model: Mapped[str | None]
    template: Mapped[str | None]
    rules: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=_NO_NAMES)
    scene: Mapped[str | None]
    shot_type: Mapped[str | None]
    size: Mapped[str | None]
    characters: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=_NO_NAMES)
    seconds: Mapped[float | None]
    waited: Mapped[float | None]
    cost_usd: Mapped[Decimal | None]
    at: Mapped[datetime]
    verdict_id: Mapped[UUID | None]
    judge: Mapped[str | None]
    score: Mapped[float | None]
    overall: Mapped[str | None]
    accepted: Mapped[bool] = mapped_column(server_default=text("false"))
    gates_failed: Mapped[int | None]
    ratings: Mapped[Document] = mapped_column(server_default=_EMPTY)
    trials: Mapped[Document] = mapped_column(server_default=_EMPTY)


class FigureShot(Base):
    """A shot completed for a basis, in the order of completion within its project, with what it took."""

    __tablename__ = "figure_shots"
    __table_args__ = (
        PrimaryKeyConstraint("branch_id", "shot", "basis"),
        UniqueConstraint("project_id", "ordinal"),
        _owned("project_id", of="projects"),
        _owned("branch_id", of="branches"),
        CheckConstraint(f"how IN {sql_list(ENDINGS)}", name="how"),
    )

    branch_id: Mapped[UUID]
    shot: Mapped[str]
    basis: Mapped[str]
    owner_id: Mapped[UUID]
    project_id: Mapped[UUID]
    ordinal: Mapped[int]
    take_id: Mapped[UUID]
    how: Mapped[str]
    attempts: Mapped[int]
    score: Mapped[float | None]
    cost_usd: Mapped[Decimal | None]
    seconds: Mapped[float]
    at: Mapped[datetime] = mapped_column(server_default=_NOW)


class FigureState(Base):
    """The running state of one series of a project: count, means, centred moments (`aiuteur.craft.figures.running`)."""

    __tablename__ = "figure_states"
    __table_args__ = (
        PrimaryKeyConstraint("project_id", "series"),
        _owned("project_id", of="projects"),
        CheckConstraint(f"series IN {sql_list(SERIES)}", name="series"),
        {"postgresql_with": {"fillfactor": 50}},
    )

    project_id: Mapped[UUID]
    series: Mapped[str]
    owner_id: Mapped[UUID]
    n: Mapped[int]
    mean_x: Mapped[float]
    mean_y: Mapped[float]
    mxx: Mapped[float]
    mxy: Mapped[float]
    myy: Mapped[float]


class Opinion(Base):
    """What a person says of a take beside its judge: accepted or not, and the dimensions they rated; the latest word counts."""

    __tablename__ = "opinions"
    __table_args__ = (_owned("project_id", of="projects"), Index(None, "project_id"))

    take_id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID]
    project_id: Mapped[UUID]
    accepted: Mapped[bool]
    ratings: Mapped[Document] = mapped_column(server_default=_EMPTY)
    by: Mapped[UUID | None] = mapped_column(ForeignKey(User.id))
    at: Mapped[datetime] = mapped_column(server_default=_NOW)


class Anchor(Base):
    """A take that is judged again and again: `item` of dailies, `media` its digest, `asked` all that the judge is shown of it."""

    __tablename__ = "anchors"
    __table_args__ = (
        UniqueConstraint("project_id", "media"), _owned("project_id", of="projects"), _owned("branch_id", of="branches"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    owner_id: Mapped[UUID]
    project_id: Mapped[UUID]
    branch_id: Mapped[UUID]
    item: Mapped[str]
    media: Mapped[str]
    asked: Mapped[Document]
    at: Mapped[datetime] = mapped_column(server_default=_NOW)


class AnchorReading(Base):
    """What a judge said of an anchor once; `takes` is how many clips the project had had by then."""

    __tablename__ = "anchor_readings"
    __table_args__ = (_owned("project_id", of="projects"), Index("ix_anchor_readings_project_id", "project_id", "at"))

    generation_id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID]
    project_id: Mapped[UUID]
    anchor_id: Mapped[UUID] = mapped_column(ForeignKey(Anchor.id))
    takes: Mapped[int]
    judge: Mapped[str]
    template: Mapped[str]
    score: Mapped[float]
    at: Mapped[datetime] = mapped_column(server_default=_NOW)


class PromptTemplate(Base):
    """A prompt template as it was used; templates belong to the studio, so everybody may read them."""

    __tablename__ = "prompt_templates"
    __table_args__ = (PrimaryKeyConstraint("name", "version", "digest"),)

    name: Mapped[str]
    version: Mapped[int]
    digest: Mapped[str]
    body: Mapped[str]
    schema: Mapped[Document | None] = mapped_column(JSONB(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class Event(Base):
    """What happened to a lane, who did it and when."""

    __tablename__ = "events"
    __table_args__ = (_owned("branch_id", of="branches"), Index("ix_events_branch", "branch_id", "kind", "id"))

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    owner_id: Mapped[UUID]
    branch_id: Mapped[UUID]
    kind: Mapped[str]
    payload: Mapped[Document] = mapped_column(server_default=_EMPTY)
    by: Mapped[UUID | None] = mapped_column(ForeignKey(User.id))
    at: Mapped[datetime] = mapped_column(server_default=_NOW)


class Command(Base):
    """A person's command: waiting in the inbox, done, or refused with a reason; `key` makes it happen once.

    `result` is what was answered, so that the same key is answered the same.
    """

    __tablename__ = "commands"
    __table_args__ = (
        UniqueConstraint("owner_id", "key"),
        _owned("branch_id", of="branches"),
        CheckConstraint(f"state IN {sql_list(COMMAND_STATES)}", name="state"),
        Index("ix_commands_pending", "at", "id", postgresql_where=text("state = 'pending'")),
        Index("ix_commands_branch", "branch_id", "done_at", postgresql_where=text("state = 'done'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    owner_id: Mapped[UUID] = mapped_column(ForeignKey(User.id))
    lane: Mapped[str]
    branch_id: Mapped[UUID | None]
    key: Mapped[str]
    kind: Mapped[str]
    payload: Mapped[Document]
    state: Mapped[str]
    result: Mapped[Document | None] = mapped_column(JSONB(none_as_null=True))
    reason: Mapped[str | None]
    by: Mapped[UUID | None] = mapped_column(ForeignKey(User.id))
    at: Mapped[datetime] = mapped_column(server_default=_NOW)
    done_at: Mapped[datetime | None]


class Remake(Base):
    """An explicit ask to make an item again, open until `answered` has reached `variants`; one is open for an item at a time."""

    __tablename__ = "remakes"
    __table_args__ = (
        _owned("branch_id", of="branches"),
        _owned("parent_version_id", of="versions"),
        CheckConstraint("variants > 0", name="variants"),
        Index("uq_remakes_open", "branch_id", "kind", "item", unique=True, postgresql_where=_OPEN),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    owner_id: Mapped[UUID]
    branch_id: Mapped[UUID]
    kind: Mapped[str]
    item: Mapped[str]
    variants: Mapped[int] = mapped_column(server_default=text("1"))
    answered: Mapped[int] = mapped_column(server_default=_NOUGHT)
    model: Mapped[str | None]
    guidance: Mapped[str | None]
    parent_version_id: Mapped[UUID | None]
    attempts: Mapped[int | None]
    corrections: Mapped[list[str]] = mapped_column(server_default=_NOTHING)
    rules: Mapped[list[str]] = mapped_column(server_default=_NOTHING)
    asked_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    by: Mapped[UUID | None] = mapped_column(ForeignKey(User.id))
    closed_at: Mapped[datetime | None]


class Rule(Base):
    """What a project has learnt about its takes: said in the prompts of those to come, as far as its state goes.

    `origin` is the take whose review suggested it (lane, item, version), null where a person wrote it; `share` is a trial's.
    """

    __tablename__ = "rules"
    __table_args__ = (
        UniqueConstraint("project_id", "scope", "about", "text"),
        _owned("project_id", of="projects"),
        CheckConstraint(f"scope IN {sql_list(RULE_SCOPES)}", name="scope"),
        CheckConstraint(f"state IN {sql_list(RULE_STATES)}", name="state"),
        CheckConstraint("share > 0 AND share <= 1", name="share"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    owner_id: Mapped[UUID]
    project_id: Mapped[UUID]
    text: Mapped[str]
    scope: Mapped[str]
    about: Mapped[str] = mapped_column(server_default="")
    state: Mapped[str]
    share: Mapped[float]
    origin: Mapped[str | None]
    by: Mapped[UUID | None] = mapped_column(ForeignKey(User.id))
    at: Mapped[datetime] = mapped_column(server_default=_NOW)
    since: Mapped[datetime] = mapped_column(server_default=_NOW)


class Budget(Base):
    """What may be spent on a project, a branch of it or one shot of that; one row a scope, None means no limit of that kind.

    `reserved_usd` and `spent_usd` are kept in the transactions that reserve and settle.
    """

    __tablename__ = "budgets"
    __table_args__ = (
        UniqueConstraint("project_id", "branch_id", "shot", postgresql_nulls_not_distinct=True),
        _owned("project_id", of="projects"),
        _owned("branch_id", of="branches"),
        CheckConstraint("reserved_usd >= 0 AND spent_usd >= 0", name="sums"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    owner_id: Mapped[UUID]
    project_id: Mapped[UUID]
    branch_id: Mapped[UUID | None]
    shot: Mapped[str | None]
    cap_usd: Mapped[Decimal | None]
    reserved_usd: Mapped[Decimal] = mapped_column(server_default=_NOUGHT)
    spent_usd: Mapped[Decimal] = mapped_column(server_default=_NOUGHT)
    approve_above_usd: Mapped[Decimal | None]
    unknown_allowance_usd: Mapped[Decimal | None]


class Approval(Base):
    """A person's yes to spending on one plan, by its fingerprint, up to a sum; `covers` names the items that plan would make."""

    __tablename__ = "approvals"
    __table_args__ = (_owned("branch_id", of="branches"), Index("ix_approvals_branch", "branch_id", "fingerprint"))

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    owner_id: Mapped[UUID]
    branch_id: Mapped[UUID]
    fingerprint: Mapped[str]
    up_to_usd: Mapped[Decimal]
    by: Mapped[UUID | None] = mapped_column(ForeignKey(User.id))
    at: Mapped[datetime] = mapped_column(server_default=_NOW)
    used_usd: Mapped[Decimal] = mapped_column(server_default=_NOUGHT)
    covers: Mapped[list[str]] = mapped_column(server_default=_NOTHING)


class Invalidation(Base):
    """What a change made stale: how far it reaches, what it would cost to make again, and who has taken note of that."""

    __tablename__ = "invalidations"
    __table_args__ = (
        _owned("branch_id", of="branches"),
        CheckConstraint(f"scope IN {sql_list(SCOPES)}", name="scope"),
        Index("ix_invalidations_branch", "branch_id", "cause_event"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    owner_id: Mapped[UUID]
    branch_id: Mapped[UUID]
    cause_event: Mapped[int] = mapped_column(BigInteger)
    scope: Mapped[str]
    paths: Mapped[list[str]] = mapped_column(server_default=_NOTHING)
    items: Mapped[list[str]] = mapped_column(server_default=_NOTHING)
    scenes: Mapped[list[str]] = mapped_column(server_default=_NOTHING)
    cost_low_usd: Mapped[Decimal | None]
    cost_expected_usd: Mapped[Decimal | None]
    cost_high_usd: Mapped[Decimal | None]
    at: Mapped[datetime] = mapped_column(server_default=_NOW)
    acknowledged_by: Mapped[UUID | None] = mapped_column(ForeignKey(User.id))
    acknowledged_at: Mapped[datetime | None]
    acknowledged_usd: Mapped[Decimal | None]


class Interrupt(Base):
    """Something that waits for a person: why, and what they can do; the same one is open once."""

    __tablename__ = "interrupts"
    __table_args__ = (
        _owned("branch_id", of="branches"),
        CheckConstraint(f"kind IN {sql_list(INTERRUPTS)}", name="kind"),
        Index(
            "uq_interrupts_open", "branch_id", "kind", "item", "fingerprint", unique=True,
            postgresql_where=text("resolved_at IS NULL"), postgresql_nulls_not_distinct=True,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    owner_id: Mapped[UUID]
    branch_id: Mapped[UUID]
    kind: Mapped[str]
    item: Mapped[str | None]
    fingerprint: Mapped[str]
    reason: Mapped[str]
    remedy: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[UUID | None] = mapped_column(ForeignKey(User.id))
    resolution: Mapped[Document | None] = mapped_column(JSONB(none_as_null=True))


class RunMark(Base):
    """How far automation has come with a lane: what it last planned and reported, and how its runs ended."""

    __tablename__ = "run_marks"
    __table_args__ = (_owned("branch_id", of="branches"),)

    branch_id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID]
    planned_revision: Mapped[int | None] = mapped_column(BigInteger)
    plan_empty: Mapped[bool] = mapped_column(server_default=text("false"))
    logged_event: Mapped[int | None] = mapped_column(BigInteger)
    fingerprint: Mapped[str | None]
    ended_runs: Mapped[int] = mapped_column(server_default=_NOUGHT)
    failures: Mapped[int] = mapped_column(server_default=_NOUGHT)
    reported: Mapped[Document] = mapped_column(server_default=_EMPTY)
