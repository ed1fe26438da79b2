"""Answers of a place where anybody may answer say so, in a batch of their own: they move no figure with a norm unless that was chosen."""

import django.db.models.deletion
from django.db import migrations, models

WHOLE = """
CREATE OR REPLACE FUNCTION surveys_batch_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong boolean;
BEGIN
    SELECT COUNT(*) <> NEW.size OR SUM(a.value) <> NEW.total OR SUM(a.value * a.value) <> NEW.squares
        OR NEW.n1 + NEW.n2 + NEW.n3 + NEW.n4 + NEW.n5 + NEW.n6 + NEW.n7 + NEW.n8 + NEW.n9 + NEW.n10 <> NEW.size
        OR BOOL_OR(a.key <> NEW.key OR a.survey_id <> NEW.survey_id OR r.channel <> NEW.channel OR r.closes_at IS NOT NULL{more}
            OR (NEW.team_id IS NOT NULL AND r.team_id IS DISTINCT FROM NEW.team_id)
            OR (NEW.theme_id IS NOT NULL AND r.theme_id IS DISTINCT FROM NEW.theme_id))
        INTO wrong FROM surveys_answer a JOIN surveys_response r ON r.id = a.response_id WHERE a.batch_id = NEW.id;
    IF wrong IS DISTINCT FROM false THEN
        RAISE EXCEPTION 'a batch says something else than its answers' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
"""
PLACES = WHOLE.replace(
    "{more}",
    "\n            OR r.place_id IS DISTINCT FROM NEW.place_id OR r.feeds_figures <> NEW.feeds_figures",
)
BEFORE = WHOLE.replace("{more}", "")


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0004_places_where_anybody_may_answer'),
    ]

    operations = [
        migrations.AddField(
            model_name='answerbatch',
            name='feeds_figures',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='answerbatch',
            name='place',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.surveyplace'),
        ),
        migrations.AddField(
            model_name='historicalsurveyplace',
            name='feeds_figures',
            field=models.BooleanField(default=False, verbose_name='counts in the figures with a norm'),
        ),
        migrations.AddField(
            model_name='response',
            name='feeds_figures',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='response',
            name='place',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.surveyplace'),
        ),
        migrations.AddField(
            model_name='surveyplace',
            name='feeds_figures',
            field=models.BooleanField(default=False, verbose_name='counts in the figures with a norm'),
        ),
        migrations.RunSQL(PLACES, BEFORE),
    ]
