"""Write versions in one round trip: what a draft does to its item is decided beside the item's row, under its lock.

The function is the only writer of `versions`. It runs with the rights of its caller: row-level security holds as everywhere.
"""

from typing import Final

from alembic import op

revision: Final = "0009"
down_revision: Final[str | None] = "0008"
branch_labels: Final[str | None] = None
depends_on: Final[str | None] = None

_MAKE: Final = """
CREATE FUNCTION aiuteur.write_versions(p_branch uuid, p_owner uuid, p_author uuid, p_drafts jsonb)
RETURNS TABLE (place int, artifact uuid, version_id uuid, n int, written boolean, selected boolean, shows uuid, moved boolean, refused boolean)
LANGUAGE plpgsql AS $$
DECLARE
    d record;
    a aiuteur.artifacts;
    c record;
BEGIN
    -- In one order, so that two writers cannot wait for each other.
    FOR d IN SELECT * FROM jsonb_to_recordset(p_drafts) AS r(
        place int, kind text, item text, label text, id uuid, origin text, parent_id uuid, schema_version int, content jsonb, digest text,
        fields jsonb, basis jsonb, guidance text, final_prompt text, template text, provider text, model text, parameters jsonb,
        cost_usd numeric, generation_id uuid, score float8, pin boolean, seen uuid) ORDER BY r.kind, r.item
    LOOP
        LOOP
            SELECT * INTO a FROM aiuteur.artifacts t
            WHERE t.branch_id = p_branch AND t.kind = d.kind AND t.item = d.item FOR NO KEY UPDATE;
            EXIT WHEN FOUND;
            INSERT INTO aiuteur.artifacts (branch_id, owner_id, kind, item, label) VALUES (p_branch, p_owner, d.kind, d.item, d.label)
            ON CONFLICT DO NOTHING;
        END LOOP;
        place := d.place; artifact := a.id; moved := a.tombstoned_at IS NOT NULL; refused := d.pin AND a.locked;
        IF refused THEN
            RETURN NEXT;
            CONTINUE;
        END IF;
        SELECT v.id, v.n INTO c FROM aiuteur.versions v
        WHERE v.id = a.selected_version_id AND v.digest = d.digest AND v.basis = d.basis;
        IF FOUND THEN
            -- It says so already; a person's edit to what it is still pins it, and what people call it may have changed.
            version_id := c.id; n := c.n; written := false; selected := true; shows := c.id;
            IF d.pin AND NOT (a.pinned AND a.best_version_id IS NOT DISTINCT FROM c.id) THEN
                a.best_version_id := c.id; a.pinned := true; a.label := coalesce(d.label, a.label); moved := true;
            ELSIF NOT (a.pinned OR a.locked) AND d.label IS DISTINCT FROM a.label AND d.label IS NOT NULL THEN
                a.label := d.label; moved := true;
            END IF;
        ELSE
            version_id := d.id; n := a.head_n + 1; written := true; moved := true;
            selected := d.pin OR NOT (a.pinned OR a.locked OR d.seen IS NOT NULL AND d.seen IS DISTINCT FROM a.selected_version_id);
            INSERT INTO aiuteur.versions (id, owner_id, artifact_id, n, origin, author_id, parent_id, schema_version, content, digest, fields,
                basis, guidance, final_prompt, template, provider, model, parameters, cost_usd, generation_id, score)
            VALUES (d.id, p_owner, a.id, a.head_n + 1, d.origin, p_author, d.parent_id, d.schema_version, d.content, d.digest, d.fields,
                d.basis, d.guidance, d.final_prompt, d.template, d.provider, d.model, d.parameters, d.cost_usd, d.generation_id, d.score);
            a.head_n := a.head_n + 1; a.head_version_id := d.id;
            IF selected THEN
                a.selected_version_id := d.id; a.best_version_id := CASE WHEN d.pin THEN d.id END; a.pinned := d.pin;
                a.label := coalesce(d.label, a.label);
            END IF;
            shows := a.selected_version_id;
        END IF;
        IF moved THEN
            UPDATE aiuteur.artifacts t SET head_n = a.head_n, head_version_id = a.head_version_id, tombstoned_at = NULL, label = a.label,
                selected_version_id = a.selected_version_id, best_version_id = a.best_version_id, pinned = a.pinned WHERE t.id = a.id;
        END IF;
        IF NOT d.pin THEN
            -- An ask to make it again is answered, even by a version that changes nothing.
            UPDATE aiuteur.remakes m
            SET answered = m.answered + 1, closed_at = CASE WHEN m.answered + 1 >= m.variants THEN now() END
            WHERE m.branch_id = p_branch AND m.kind = d.kind AND m.item = d.item AND m.closed_at IS NULL;
            moved := moved OR FOUND;
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;
"""


def upgrade() -> None:
    """Make the function."""
    op.execute(_MAKE)


def downgrade() -> None:
    """Take it away: version numbers and pointers are as they are."""
    op.execute("DROP FUNCTION aiuteur.write_versions(uuid, uuid, uuid, jsonb)")
