"""Surveys (`python -m bench.inside.surveys fill|survey_invite|survey_taken_in`): 200,000 answers that count, links to answer, a sample of 10,000.

`fill` wants a superuser: rows are loaded without looking at them one by one.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from channels_app.models import OutboundMessage
from organisation.clock import now, today
from organisation.models import Subject, Team
from surveys.actions.hold_rounds import hold_rounds
from surveys.links import token_hash
from surveys.models import (
    Answer,
    AnswerBatch,
    AskingChoices,
    Invitation,
    Response,
    Survey,
    SurveyQuestion,
    SurveyRound,
    SurveyVersion,
)

RESPONSES = 66_670
KEYS = ("mark", "friendliness", "answered")
"""Three numbers each: 200,010 answers in 20,001 batches of ten."""
LINKS = 60_000
SAMPLE = 10_000
CONTACT_ON = 3
"""Days before today."""


def token(number: int) -> str:
    return f"bench{number:017d}"


ROWS = """
CREATE TEMP TABLE made ON COMMIT DROP AS
SELECT g, gen_random_uuid() AS id, (g - 1) / 10 AS part FROM generate_series(1, %(responses)s) g;
INSERT INTO surveys_response (id, survey_version_id, channel, team_id, theme_id, feeds_figures, answered_on, revise_hash)
SELECT id, %(version)s, (ARRAY['phone', 'phone', 'counter', 'email'])[1 + part %% 4],
    (%(teams)s)[1 + part %% %(n_teams)s], (%(themes)s)[1 + part * 7 %% %(n_themes)s], true, %(day)s::date - (part %% 364), ''
FROM made;
INSERT INTO surveys_answer (response_id, question_id, survey_id, key, value, text, batch_id)
SELECT m.id, q.id, %(survey)s, q.key,
    CASE q.key WHEN 'answered' THEN 1 + (m.g * 7 + m.part) %% 3 ELSE 4 + (m.g * 7 + m.part) %% 7 END, '',
    %(first)s + m.part * 3 + q.place
FROM made m CROSS JOIN (SELECT id, key, row_number() OVER (ORDER BY id) - 1 AS place FROM surveys_surveyquestion
    WHERE version_id = %(version)s AND key = ANY(%(keys)s)) q;
INSERT INTO surveys_answer (response_id, question_id, survey_id, key, value, text)
SELECT m.id, q.id, %(survey)s, q.key, NULL, 'Ik moest lang wachten, maar de medewerker was vriendelijk en duidelijk.'
FROM made m JOIN surveys_surveyquestion q ON q.version_id = %(version)s AND q.key = 'better' WHERE m.g %% 5 = 0;
INSERT INTO surveys_answerbatch (id, survey_id, key, channel, team_id, theme_id, feeds_figures, "on", size, total, squares,
    n1, n2, n3, n4, n5, n6, n7, n8, n9, n10)
SELECT a.batch_id, a.survey_id, a.key, r.channel, r.team_id, r.theme_id, true, max(r.answered_on), count(*), sum(a.value),
    sum(a.value * a.value), {counts}
FROM surveys_answer a JOIN surveys_response r ON r.id = a.response_id JOIN made m ON m.id = r.id WHERE a.batch_id IS NOT NULL
GROUP BY a.batch_id, a.survey_id, a.key, r.channel, r.team_id, r.theme_id;
SELECT setval(pg_get_serial_sequence('surveys_answerbatch', 'id'), (SELECT max(id) FROM surveys_answerbatch));
""".format(counts=", ".join(f"count(*) FILTER (WHERE a.value = {n})" for n in range(1, 11)))


def fill() -> dict[str, Any]:
    """Once per database; the links are fresh at every run."""
    version = SurveyVersion.objects.get(survey__code="gesprek", state="running")
    if AnswerBatch.objects.count() < 20_000:
        _fill(version)
    _links(version)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE surveys_response, surveys_answer, surveys_answerbatch, surveys_invitation")
    questions = {one.key: one.pk for one in SurveyQuestion.objects.filter(version=version)}
    return {"questions": questions, "links": LINKS}


def _fill(version: SurveyVersion) -> None:
    teams = list(Team.objects.order_by("pk").values_list("pk", flat=True))
    themes = list(Subject.objects.filter(parent__isnull=True).order_by("pk").values_list("pk", flat=True))
    last = AnswerBatch.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    values = {
        "responses": RESPONSES, "version": version.pk, "survey": version.survey_id, "day": today(), "keys": list(KEYS),
        "teams": teams, "n_teams": len(teams), "themes": themes, "n_themes": len(themes), "first": last + 1,
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in ROWS.split(";\n"):
            if statement.strip():
                cursor.execute(statement, values)


def _links(version: SurveyVersion) -> None:
    """60,000 who were asked and may answer; what they answered in a run before goes."""
    of_before = Invitation.objects.filter(survey_id=version.survey_id, customer__isnull=True, address_hash="")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
    Answer.objects.filter(response__closes_at__isnull=False).delete()
    Response.objects.filter(closes_at__isnull=False).delete()
    of_before.delete()
    at, team = now(), Team.objects.order_by("pk")[0]
    Invitation.objects.bulk_create(
        (
            Invitation(
                survey_id=version.survey_id,
                survey_version=version,
                address_hash="",
                token_hash=token_hash(token(number)),
                channel="phone",
                team=team,
                contact_on=today() - timedelta(days=CONTACT_ON),
                invited_at=at,
                invited_on=today(),
                expires_at=at + timedelta(days=14),
            )
            for number in range(LINKS)
        ),
        batch_size=2000,
    )
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = DEFAULT")


def survey_invite() -> dict[str, Any]:
    """A sample of 10,000 drawn, invited and their mails queued: one pass of the very sweep."""
    AskingChoices.objects.update(quiet_from=0, quiet_until=0)
    survey, _new = Survey.objects.get_or_create(code="meting", defaults={"name": "Meting", "purpose": "research"})
    if not survey.versions.exists():
        version = SurveyVersion.objects.create(
            survey=survey, number=1, title_nl="Meting", title_en="Bench", created_at=now()
        )
        SurveyQuestion.objects.create(
            version=version, order=1, key="mark", kind="mark", text_nl="Cijfer?", text_en="Mark?"
        )
        version.state, version.published_at = "running", now()
        version.save()
    Invitation.objects.filter(round__isnull=False).delete()
    row = SurveyRound.objects.create(
        survey=survey, name=f"Meting {now().isoformat()}", state="planned", starts_on=today(), ends_on=today() + timedelta(days=20),
        intro_nl="Doet u mee?", intro_en="Join?", contacts_from=today() - timedelta(days=1500), contacts_until=today(), size=SAMPLE,
    )  # fmt: skip
    mails = OutboundMessage.objects.filter(purpose="survey")
    before = mails.count()
    begun, used = time.monotonic(), time.process_time()
    hold_rounds(at=now())
    seconds, cpu = time.monotonic() - begun, time.process_time() - used
    row.refresh_from_db()
    count = Invitation.objects.filter(round=row).count()
    return {
        "workload": "survey_invite",
        "count": count,
        "population": row.population,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu, 2),
        "errors": int(count != row.drawn or count != SAMPLE) + int(mails.count() - before != count),
    }


def survey_taken_in() -> dict[str, Any]:
    """After `survey_answers`: each link that was used has one response, and each response all its answers."""
    answered = Invitation.objects.filter(
        customer__isnull=True, is_answered=True, invited_on=today(), round__isnull=True
    )
    responses = Response.objects.filter(closes_at__isnull=False)
    answers = Answer.objects.filter(response__in=responses).count()
    count = responses.count()
    errors = abs(answered.filter(contact_on=today() - timedelta(days=CONTACT_ON)).count() - count) + abs(
        answers - 4 * count
    )
    return {"workload": "survey_taken_in", "count": count, "answers": answers, "errors": errors}


if __name__ == "__main__":
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    jobs = {"fill": fill, "survey_invite": survey_invite, "survey_taken_in": survey_taken_in}
    json.dump(jobs[sys.argv[1]](), sys.stdout)
