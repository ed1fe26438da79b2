"""Notes every change to a finished day, whoever makes it: the figures then count that day from its rows (docs/kpis.md).

Statement triggers with transition tables, so a load of a million rows costs one statement. A day before `closed_until` whose row
appears, goes, or changes its day, team, channel, subject or result gets a row in kpi_changedday.
"""

from django.db import migrations

DAY = "(({0}) AT TIME ZONE 'Europe/Amsterdam')::date"

CLOSED = """
CREATE FUNCTION kpi_closed_until() RETURNS date LANGUAGE sql VOLATILE AS $$
    SELECT closed_until FROM kpi_rollupstate WHERE id = 1
$$;
"""

# table, facts of a row as (id, day, what the figures depend on)
CLOCK = f"""SELECT id, CASE WHEN state IN ('met', 'missed') THEN settled_on
        WHEN state = 'running' THEN {DAY.format("due_at")} END AS day,
    ROW(code, state = 'met', team_id, channel, subject_id)::text AS facts
    FROM {{rows}} WHERE replaced_by_id IS NULL AND state IN ('met', 'missed', 'running')"""
CALL = """SELECT id, entered_on AS day, ROW(outcome, wait_seconds, entered_at, answered_at, ended_at,
    pickup_limit_seconds, short_abandon_seconds)::text AS facts FROM {rows}"""
QUESTION = f"""SELECT id, {DAY.format("received_at")} AS day, ROW(channel, team_id, subject_id, status = 'cancelled',
    is_direct, close_reason IN ('spam', 'wrong_number', 'duplicate', 'internal', 'connected'), merged_into_id)::text AS facts
    FROM {{rows}}"""
CONTACT = f"""SELECT id, {DAY.format("received_at")} AS day,
    ROW(channel, direction, is_automatic, received_at, call_id)::text AS facts FROM {{rows}}"""
LINK = f"""SELECT q.id, {DAY.format("c.received_at")} AS day, ROW(q.question_id, q.contact_id)::text AS facts
    FROM {{rows}} q JOIN contacts_contact c ON c.id = q.contact_id"""

NOTE = """INSERT INTO kpi_changedday ("on") SELECT DISTINCT day FROM ({days}) AS d WHERE day < closed;"""
CHANGED = """SELECT o.day FROM ({old}) o LEFT JOIN ({new}) n ON n.id = o.id
        WHERE n.id IS NULL OR (n.day, n.facts) IS DISTINCT FROM (o.day, o.facts)
    UNION SELECT n.day FROM ({new}) n LEFT JOIN ({old}) o ON o.id = n.id
        WHERE o.id IS NULL OR (n.day, n.facts) IS DISTINCT FROM (o.day, o.facts)"""

FUNCTION = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE closed date := kpi_closed_until();
BEGIN
    IF closed IS NULL THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        {insert}
    ELSIF TG_OP = 'DELETE' THEN
        {delete}
    ELSE
        {update}
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER kpi_inserted AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION {name}();
CREATE TRIGGER kpi_deleted AFTER DELETE ON {table} REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION {name}();
CREATE TRIGGER kpi_updated AFTER UPDATE ON {table} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""

# A contact counts under the first question that was not cancelled, a call under the subject of that question: a question that
# moves or is cancelled changes the days of its contacts and calls as well.
CONTACTS_OF_MOVED = f"""SELECT {DAY.format("c.received_at")} AS day FROM old_rows o JOIN new_rows n ON n.id = o.id
        JOIN contacts_questioncontact qc ON qc.question_id = n.id JOIN contacts_contact c ON c.id = qc.contact_id
        WHERE (n.team_id, n.subject_id, n.status = 'cancelled')
            IS DISTINCT FROM (o.team_id, o.subject_id, o.status = 'cancelled')
    UNION SELECT k.entered_on FROM old_rows o JOIN new_rows n ON n.id = o.id
        JOIN contacts_questioncontact qc ON qc.question_id = n.id JOIN contacts_contact c ON c.id = qc.contact_id
        JOIN channels_app_call k ON k.id = c.call_id
        WHERE (n.subject_id, n.status = 'cancelled') IS DISTINCT FROM (o.subject_id, o.status = 'cancelled')"""
CALLS_OF_LINKS = """ UNION SELECT k.entered_on FROM {rows} q JOIN contacts_contact c ON c.id = q.contact_id
        JOIN channels_app_call k ON k.id = c.call_id"""


def watch(table: str, facts: str, more: str = "", links: bool = False) -> str:
    """The triggers of one table; `more` are further days on an update, `links` adds the days of the calls."""
    old, new = facts.format(rows="old_rows"), facts.format(rows="new_rows")

    def days(select: str, rows: str) -> str:
        plain = f"SELECT day FROM ({select}) AS r"
        return plain + CALLS_OF_LINKS.format(rows=rows) if links else plain

    changed = CHANGED.format(old=old, new=new)
    if links:
        changed += CALLS_OF_LINKS.format(rows="old_rows") + CALLS_OF_LINKS.format(rows="new_rows")
    if more:
        changed += f" UNION {more}"
    return FUNCTION.format(
        name=f"kpi_watch_{table}",
        table=table,
        insert=NOTE.format(days=days(new, "new_rows")),
        delete=NOTE.format(days=days(old, "old_rows")),
        update=NOTE.format(days=changed),
    )


TABLES = {
    "contacts_normclock": watch("contacts_normclock", CLOCK),
    "channels_app_call": watch("channels_app_call", CALL),
    "contacts_question": watch("contacts_question", QUESTION, more=CONTACTS_OF_MOVED),
    "contacts_contact": watch("contacts_contact", CONTACT),
    "contacts_questioncontact": watch("contacts_questioncontact", LINK, links=True),
}
UNDO = (
    "".join(
        f"DROP TRIGGER {trigger} ON {table};"
        for table in TABLES
        for trigger in ("kpi_inserted", "kpi_deleted", "kpi_updated")
    )
    + "".join(f"DROP FUNCTION kpi_watch_{table}();" for table in TABLES)
    + "DROP FUNCTION kpi_closed_until();"
)


class Migration(migrations.Migration):
    dependencies = [
        ("kpi", "0002_figures_by_grain"),
        ("contacts", "0002_settled_clocks_stay"),
        ("channels_app", "0001_initial"),
    ]
    operations = [migrations.RunSQL(CLOSED + "".join(TABLES.values()), UNDO)]
