"""Days also change by a transfer, by a question that comes back, and by who held a question (docs/kpis.md).

The functions of 0003 are replaced, so that they also note: how often a question was handed over; the day of an earlier question
answered at once on the phone, when it comes back or no longer does; and the day a question was closed. New figures have no past
yet: every day that was rolled up is noted as changed, and the sweep counts it again in small batches.
"""

from importlib import import_module

from django.db import migrations

before = import_module("kpi.migrations.0003_changed_days")
DAY, NOTE, CHANGED = before.DAY, before.NOTE, before.CHANGED

QUESTION = f"""SELECT id, {DAY.format("received_at")} AS day, ROW(channel, team_id, subject_id, status = 'cancelled',
    is_direct, close_reason IN ('spam', 'wrong_number', 'duplicate', 'internal', 'connected'), merged_into_id, transfer_count,
    CASE WHEN is_direct AND channel = 'phone' THEN customer_id END)::text AS facts
    FROM {{rows}}"""

# The day a question was closed: how long its teams had it.
CLOSED = "SELECT closed_on AS day FROM {rows} WHERE closed_on IS NOT NULL"
CLOSED_CHANGED = """SELECT x.day FROM old_rows o JOIN new_rows n ON n.id = o.id
        CROSS JOIN LATERAL (VALUES (o.closed_on), (n.closed_on)) AS x(day)
        WHERE x.day IS NOT NULL AND (n.closed_at, n.closed_on, n.status, n.close_reason, n.merged_into_id, n.channel, n.subject_id)
            IS DISTINCT FROM (o.closed_at, o.closed_on, o.status, o.close_reason, o.merged_into_id, o.channel, o.subject_id)"""

# A question is what an earlier one of the same customer about the same subject came back as. One day more than the municipality's
# number: a day too many is counted again, a day too few would be wrong.
EARLIER = f"""SELECT {DAY.format("e.received_at")} AS day FROM {{rows}} JOIN contacts_question e
        ON e.customer_id = r.customer_id AND e.subject_id = r.subject_id AND e.is_direct AND e.channel = 'phone'
        AND e.received_at < r.received_at
        AND e.received_at >= r.received_at
            - make_interval(days => 1 + COALESCE((SELECT repeat_days FROM organisation_municipality WHERE id = 1), 7))"""
TOUCHED = """(SELECT {side}.* FROM old_rows o JOIN new_rows n ON n.id = o.id
        WHERE (n.customer_id, n.subject_id, n.received_at, n.status = 'cancelled', n.merged_into_id)
            IS DISTINCT FROM (o.customer_id, o.subject_id, o.received_at, o.status = 'cancelled', o.merged_into_id)) AS r"""

# A later contact of the question itself.
LINKED = f"""SELECT {DAY.format("e.received_at")} AS day FROM {{rows}} q JOIN contacts_question e ON e.id = q.question_id
        WHERE e.is_direct AND e.channel = 'phone' AND NOT q.is_first"""
CONTACT_CHANGED = f"""SELECT {DAY.format("e.received_at")} AS day FROM old_rows o JOIN new_rows n ON n.id = o.id
        JOIN contacts_questioncontact qc ON qc.contact_id = n.id JOIN contacts_question e ON e.id = qc.question_id
        WHERE e.is_direct AND e.channel = 'phone'
            AND (n.received_at, n.direction, n.is_automatic, n.remarks::text)
                IS DISTINCT FROM (o.received_at, o.direction, o.is_automatic, o.remarks::text)"""

HELD = """SELECT q.closed_on AS day FROM {rows} a JOIN contacts_question q ON q.id = a.question_id
        WHERE q.closed_on IS NOT NULL"""

BODY = """
CREATE OR REPLACE FUNCTION kpi_watch_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""
TRIGGERS = """
CREATE TRIGGER kpi_inserted AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION kpi_watch_{table}();
CREATE TRIGGER kpi_deleted AFTER DELETE ON {table} REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION kpi_watch_{table}();
CREATE TRIGGER kpi_updated AFTER UPDATE ON {table} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION kpi_watch_{table}();
"""


def _days(*parts: str) -> str:
    return NOTE.format(days=" UNION ".join(parts))


def _plain(facts: str, rows: str) -> str:
    return f"SELECT day FROM ({facts.format(rows=rows)}) AS r"


def _changed(facts: str) -> str:
    return CHANGED.format(old=facts.format(rows="old_rows"), new=facts.format(rows="new_rows"))


def _of_question(rows: str) -> str:
    return _days(_plain(QUESTION, rows), CLOSED.format(rows=rows), EARLIER.format(rows=f"{rows} r"))


def _of_link(rows: str) -> str:
    # CALLS_OF_LINKS begins with its own UNION.
    calls = before.CALLS_OF_LINKS.format(rows=rows)
    return NOTE.format(days=f"{_plain(before.LINK, rows)}{calls} UNION {LINKED.format(rows=rows)}")


WATCH = (
    BODY.format(
        table="contacts_question",
        insert=_of_question("new_rows"),
        delete=_of_question("old_rows"),
        update=_days(
            _changed(QUESTION),
            before.CONTACTS_OF_MOVED,
            CLOSED_CHANGED,
            EARLIER.format(rows=TOUCHED.format(side="o")),
            EARLIER.format(rows=TOUCHED.format(side="n")),
        ),
    )
    + BODY.format(
        table="contacts_questioncontact",
        insert=_of_link("new_rows"),
        delete=_of_link("old_rows"),
        update=NOTE.format(
            days=_changed(before.LINK)
            + before.CALLS_OF_LINKS.format(rows="old_rows")
            + before.CALLS_OF_LINKS.format(rows="new_rows")
            + f" UNION {LINKED.format(rows='old_rows')} UNION {LINKED.format(rows='new_rows')}"
        ),
    )
    + BODY.format(
        table="contacts_contact",
        insert=_days(_plain(before.CONTACT, "new_rows")),
        delete=_days(_plain(before.CONTACT, "old_rows")),
        update=_days(_changed(before.CONTACT), CONTACT_CHANGED),
    )
    + BODY.format(
        table="contacts_assignment",
        insert=_days(HELD.format(rows="new_rows")),
        delete=_days(HELD.format(rows="old_rows")),
        update=_days(HELD.format(rows="old_rows"), HELD.format(rows="new_rows")),
    )
    + TRIGGERS.format(table="contacts_assignment")
)
ALL_DAYS = """INSERT INTO kpi_changedday ("on") SELECT DISTINCT "on" FROM kpi_dailyfigure"""
SETTING = f"""
CREATE FUNCTION kpi_watch_repeat_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {ALL_DAYS} WHERE measure = 'phone.repeat';
    RETURN NULL;
END $$;
CREATE TRIGGER kpi_repeat_days AFTER UPDATE ON organisation_municipality FOR EACH ROW
    WHEN (OLD.repeat_days IS DISTINCT FROM NEW.repeat_days) EXECUTE FUNCTION kpi_watch_repeat_days();
"""
RESTORED = "".join(
    before.TABLES[table].split("CREATE TRIGGER", 1)[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    for table in ("contacts_question", "contacts_questioncontact", "contacts_contact")
)
UNDO = (
    RESTORED
    + "".join(f"DROP TRIGGER {name} ON contacts_assignment;" for name in ("kpi_inserted", "kpi_deleted", "kpi_updated"))
    + "DROP FUNCTION kpi_watch_contacts_assignment();"
    + "DROP TRIGGER kpi_repeat_days ON organisation_municipality; DROP FUNCTION kpi_watch_repeat_days();"
)


class Migration(migrations.Migration):
    dependencies = [
        ("kpi", "0005_reports"),
        ("contacts", "0005_reminders_and_counting_what_is_open"),
    ]
    operations = [migrations.RunSQL(WATCH + SETTING + ALL_DAYS + ";", UNDO)]
