"""Erase projects: the one way in which versions leave the registry.

Nobody's role may delete a version. The function does, with the rights of whoever owns the tables, for a project of the person of the
transaction and for nothing else: words, pictures and requests go, what was counted and paid stays under a name that no project can
bear. The trigger that refuses every other change knows it by a setting that holds inside the function alone.
"""

from typing import Final

from alembic import op

revision: Final = "0011"
down_revision: Final[str | None] = "0010"
branch_labels: Final[str | None] = None
depends_on: Final[str | None] = None

_REFUSE: Final = """
CREATE OR REPLACE FUNCTION aiuteur.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN{unless}
    RAISE EXCEPTION 'a version never changes: % on aiuteur.% is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
_UNLESS: Final = """
    IF TG_OP = 'DELETE' AND current_setting('aiuteur.erasing', true) = 'on' THEN
        RETURN NULL;
    END IF;"""

_OF_BRANCHES: Final = (
    "interrupts", "run_marks", "invalidations", "approvals", "remakes", "commands", "events", "counters",
)
_OF_PROJECT: Final = ("anchor_readings", "anchors", "opinions", "rules", "castings")
_OF_VERSIONS: Final = ("rejections", "stars")

_ERASE: Final = f"""
CREATE FUNCTION aiuteur.erase_project(p_project uuid, p_reason text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_owner uuid := nullif(current_setting('app.user_id', true), '')::uuid;
    v_name text;
    v_branches uuid[];
    v_media text[];
    v_versions bigint;
    v_size bigint;
BEGIN
    SELECT p.name INTO v_name FROM aiuteur.projects p
    WHERE p.id = p_project AND p.owner_id = v_owner AND p.erased_at IS NULL FOR UPDATE;
    IF v_name IS NULL THEN
        RETURN NULL;
    END IF;
    v_branches := ARRAY(SELECT b.id FROM aiuteur.branches b WHERE b.project_id = p_project);
    v_media := ARRAY(
        SELECT DISTINCT shown.sha FROM (
            SELECT jsonb_path_query(v.content, '$.**.sha256') #>> '{{}}' AS sha
            FROM aiuteur.versions v JOIN aiuteur.artifacts a ON a.id = v.artifact_id WHERE a.branch_id = ANY (v_branches)
            UNION ALL
            SELECT jsonb_path_query(g.media, '$.**.sha256') #>> '{{}}' FROM aiuteur.generations g WHERE g.branch_id = ANY (v_branches)
        ) shown);
    {" ".join(f"DELETE FROM aiuteur.{table} WHERE branch_id = ANY (v_branches);" for table in _OF_BRANCHES)}
    {" ".join(f"DELETE FROM aiuteur.{table} WHERE project_id = p_project;" for table in _OF_PROJECT)}
    {" ".join(f'''DELETE FROM aiuteur.{table} t USING aiuteur.versions v, aiuteur.artifacts a
    WHERE t.version_id = v.id AND v.artifact_id = a.id AND a.branch_id = ANY (v_branches);''' for table in _OF_VERSIONS)}
    UPDATE aiuteur.artifacts SET head_version_id = NULL, best_version_id = NULL, selected_version_id = NULL, forked_version_id = NULL
    WHERE branch_id = ANY (v_branches);
    PERFORM set_config('aiuteur.erasing', 'on', true);
    DELETE FROM aiuteur.versions v USING aiuteur.artifacts a WHERE a.id = v.artifact_id AND a.branch_id = ANY (v_branches);
    GET DIAGNOSTICS v_versions = ROW_COUNT;
    PERFORM set_config('aiuteur.erasing', '', true);
    DELETE FROM aiuteur.artifacts WHERE branch_id = ANY (v_branches);
    UPDATE aiuteur.generations SET request = '{{}}', result = NULL, media = '[]', error = NULL, fallback = NULL, operation = NULL,
        request_key = 'erased ' || id WHERE branch_id = ANY (v_branches);
    UPDATE aiuteur.figure_takes SET media = '', rules = '{{}}', characters = '{{}}', trials = '{{}}' WHERE project_id = p_project;
    WITH kept AS (
        SELECT jsonb_path_query(v.content, '$.**.sha256') #>> '{{}}' AS sha FROM aiuteur.versions v WHERE v.owner_id = v_owner
        UNION
        SELECT jsonb_path_query(g.media, '$.**.sha256') #>> '{{}}' FROM aiuteur.generations g WHERE g.owner_id = v_owner
    ), gone AS (
        DELETE FROM aiuteur.media m WHERE m.owner_id = v_owner AND m.sha256 = ANY (v_media)
            AND m.sha256 NOT IN (SELECT k.sha FROM kept k WHERE k.sha IS NOT NULL)
        RETURNING m.sha256, m.size
    )
    SELECT coalesce(array_agg(g.sha256), '{{}}'), coalesce(sum(g.size), 0) INTO v_media, v_size FROM gone g;
    UPDATE aiuteur.branches SET message = '', archived_at = coalesce(archived_at, now()) WHERE id = ANY (v_branches);
    UPDATE aiuteur.projects SET name = v_name || '~' || left(replace(id::text, '-', ''), 8), settings = '{{}}', seed = NULL,
        erased_at = now() WHERE id = p_project;
    INSERT INTO aiuteur.events (owner_id, branch_id, kind, payload, by)
    SELECT v_owner, b.id, 'erased', jsonb_build_object('project', v_name, 'reason', p_reason, 'versions', v_versions,
        'media', cardinality(v_media), 'bytes', v_size), v_owner FROM aiuteur.branches b WHERE b.project_id = p_project AND b.is_main;
    RETURN jsonb_build_object('versions', v_versions, 'media', to_jsonb(v_media), 'bytes', v_size);
END $$;
REVOKE ALL ON FUNCTION aiuteur.erase_project(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION aiuteur.erase_project(uuid, text) TO aiuteur_app;
"""


def upgrade() -> None:
    """Say when a project was erased, and make the function."""
    op.execute("ALTER TABLE aiuteur.projects ADD COLUMN erased_at TIMESTAMP WITH TIME ZONE")
    op.execute(_REFUSE.format(unless=_UNLESS))
    op.execute(_ERASE)


def downgrade() -> None:
    """Take the function away: what was erased stays erased."""
    op.execute("DROP FUNCTION aiuteur.erase_project(uuid, text)")
    op.execute(_REFUSE.format(unless=""))
    op.execute("ALTER TABLE aiuteur.projects DROP COLUMN erased_at")
