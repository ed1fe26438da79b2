"""Questionnaires that are held for some time: to a sample of customers or behind a link; their answers stand apart (docs/surveys.md)."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
import surveys.models.rounds
from django.conf import settings
from django.db import migrations, models

from organisation.together import Together


WHOLE = """
CREATE OR REPLACE FUNCTION surveys_batch_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong boolean;
BEGIN
    SELECT COUNT(*) <> NEW.size OR SUM(a.value) <> NEW.total OR SUM(a.value * a.value) <> NEW.squares
        OR NEW.n1 + NEW.n2 + NEW.n3 + NEW.n4 + NEW.n5 + NEW.n6 + NEW.n7 + NEW.n8 + NEW.n9 + NEW.n10 <> NEW.size
        OR BOOL_OR(a.key <> NEW.key OR a.survey_id <> NEW.survey_id OR r.channel <> NEW.channel OR r.closes_at IS NOT NULL
            OR r.place_id IS DISTINCT FROM NEW.place_id OR r.feeds_figures <> NEW.feeds_figures{more}
            OR (NEW.team_id IS NOT NULL AND r.team_id IS DISTINCT FROM NEW.team_id)
            OR (NEW.theme_id IS NOT NULL AND r.theme_id IS DISTINCT FROM NEW.theme_id))
        INTO wrong FROM surveys_answer a JOIN surveys_response r ON r.id = a.response_id WHERE a.batch_id = NEW.id;
    IF wrong IS DISTINCT FROM false THEN
        RAISE EXCEPTION 'a batch says something else than its answers' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
"""
ROUNDS = WHOLE.replace("{more}", "\n            OR r.round_id IS DISTINCT FROM NEW.round_id")
BEFORE = WHOLE.replace("{more}", "")


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0011_levels_of_texts_that_left'),
        ('organisation', '0014_privacy_officer_by_two'),
        ('surveys', '0006_what_others_measured'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='HistoricalSurveyRound',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('name', models.CharField(db_index=True, max_length=80, verbose_name='name')),
                    ('way', models.CharField(choices=[('sample', 'by e-mail, to a sample of customers'), ('link', 'with a link that anybody may use')], default='sample', max_length=6, verbose_name='how')),
                    ('state', models.CharField(choices=[('draft', 'being prepared'), ('planned', 'planned'), ('running', 'running'), ('ended', 'ended'), ('stopped', 'stopped')], default='draft', editable=False, max_length=7)),
                    ('starts_on', models.DateField(verbose_name='first day')),
                    ('ends_on', models.DateField(verbose_name='last day')),
                    ('intro_nl', models.CharField(max_length=400, verbose_name='what stands above the questions')),
                    ('intro_en', models.CharField(max_length=400, verbose_name='what stands above the questions, in English')),
                    ('contacts_from', models.DateField(blank=True, null=True, verbose_name='had contact from')),
                    ('contacts_until', models.DateField(blank=True, null=True, verbose_name='had contact until')),
                    ('size_kind', models.CharField(choices=[('number', 'a number of customers'), ('share', 'a share, in percent')], default='number', max_length=6, verbose_name='size of the sample')),
                    ('size', models.PositiveIntegerField(default=500, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20000)], verbose_name='how many')),
                    ('reminder_days', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(60)], verbose_name='days after which who did not answer is reminded once')),
                    ('seed', models.CharField(default=surveys.models.rounds.new_seed, editable=False, max_length=16)),
                    ('began_at', models.DateTimeField(editable=False, null=True)),
                    ('reminded_at', models.DateTimeField(editable=False, null=True)),
                    ('ended_at', models.DateTimeField(editable=False, null=True)),
                    ('population', models.PositiveIntegerField(editable=False, null=True)),
                    ('left_out', models.JSONField(default=dict, editable=False)),
                    ('drawn', models.PositiveIntegerField(editable=False, null=True)),
                    ('is_example', models.BooleanField(default=False, editable=False)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ],
                options={
                    'verbose_name': 'historical survey round',
                    'verbose_name_plural': 'historical survey rounds',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='HistoricalWordGroup',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('name', models.CharField(db_index=True, max_length=60, verbose_name='theme')),
                    ('words', models.JSONField(default=list, verbose_name='words')),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ],
                options={
                    'verbose_name': 'historical word group',
                    'verbose_name_plural': 'historical word groups',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='SurveyRound',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                    ('way', models.CharField(choices=[('sample', 'by e-mail, to a sample of customers'), ('link', 'with a link that anybody may use')], default='sample', max_length=6, verbose_name='how')),
                    ('state', models.CharField(choices=[('draft', 'being prepared'), ('planned', 'planned'), ('running', 'running'), ('ended', 'ended'), ('stopped', 'stopped')], default='draft', editable=False, max_length=7)),
                    ('starts_on', models.DateField(verbose_name='first day')),
                    ('ends_on', models.DateField(verbose_name='last day')),
                    ('intro_nl', models.CharField(max_length=400, verbose_name='what stands above the questions')),
                    ('intro_en', models.CharField(max_length=400, verbose_name='what stands above the questions, in English')),
                    ('contacts_from', models.DateField(blank=True, null=True, verbose_name='had contact from')),
                    ('contacts_until', models.DateField(blank=True, null=True, verbose_name='had contact until')),
                    ('size_kind', models.CharField(choices=[('number', 'a number of customers'), ('share', 'a share, in percent')], default='number', max_length=6, verbose_name='size of the sample')),
                    ('size', models.PositiveIntegerField(default=500, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20000)], verbose_name='how many')),
                    ('reminder_days', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(60)], verbose_name='days after which who did not answer is reminded once')),
                    ('seed', models.CharField(default=surveys.models.rounds.new_seed, editable=False, max_length=16)),
                    ('began_at', models.DateTimeField(editable=False, null=True)),
                    ('reminded_at', models.DateTimeField(editable=False, null=True)),
                    ('ended_at', models.DateTimeField(editable=False, null=True)),
                    ('population', models.PositiveIntegerField(editable=False, null=True)),
                    ('left_out', models.JSONField(default=dict, editable=False)),
                    ('drawn', models.PositiveIntegerField(editable=False, null=True)),
                    ('is_example', models.BooleanField(default=False, editable=False)),
                    ('version', models.PositiveIntegerField(default=1)),
                ],
                options={
                    'ordering': ['-starts_on', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='WordGroup',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=60, unique=True, verbose_name='theme')),
                    ('words', models.JSONField(default=list, verbose_name='words')),
                    ('version', models.PositiveIntegerField(default=1)),
                ],
                options={
                    'ordering': ['name'],
                },
            ),
            migrations.AddField(
                model_name='historicalsurvey',
                name='purpose',
                field=models.CharField(choices=[('contact', 'after a contact, or at a code'), ('research', 'research, held for some time')], default='contact', max_length=8, verbose_name='what for'),
            ),
            migrations.AddField(
                model_name='historicalsurveyquestion',
                name='options',
                field=models.JSONField(blank=True, default=list),
            ),
            migrations.AddField(
                model_name='invitation',
                name='reminded_at',
                field=models.DateTimeField(null=True),
            ),
            migrations.AddField(
                model_name='invitation',
                name='reminder_hash',
                field=models.CharField(blank=True, max_length=64),
            ),
            migrations.AddField(
                model_name='survey',
                name='purpose',
                field=models.CharField(choices=[('contact', 'after a contact, or at a code'), ('research', 'research, held for some time')], default='contact', max_length=8, verbose_name='what for'),
            ),
            migrations.AddField(
                model_name='surveyquestion',
                name='options',
                field=models.JSONField(blank=True, default=list),
            ),
            migrations.AddConstraint(
                model_name='answer',
                constraint=models.UniqueConstraint(fields=('response', 'key'), name='answer_once_per_key'),
            ),
            migrations.AddField(
                model_name='historicalsurveyround',
                name='history_user',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='historicalsurveyround',
                name='survey',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='surveys.survey', verbose_name='questionnaire'),
            ),
            migrations.AddField(
                model_name='historicalsurveyround',
                name='survey_version',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='surveys.surveyversion'),
            ),
            migrations.AddField(
                model_name='historicalwordgroup',
                name='history_user',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='surveyround',
                name='survey',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='surveys.survey', verbose_name='questionnaire'),
            ),
            migrations.AddField(
                model_name='surveyround',
                name='survey_version',
                field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.surveyversion'),
            ),
            migrations.AddField(
                model_name='answerbatch',
                name='round',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.surveyround'),
            ),
            migrations.AddField(
                model_name='historicalsurveyplace',
                name='round',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='surveys.surveyround'),
            ),
            migrations.AddField(
                model_name='invitation',
                name='round',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='surveys.surveyround'),
            ),
            migrations.AddField(
                model_name='response',
                name='round',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.surveyround'),
            ),
            migrations.AddField(
                model_name='surveyplace',
                name='round',
                field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='place', to='surveys.surveyround'),
            ),
            migrations.AddIndex(
                model_name='answerbatch',
                index=models.Index(condition=models.Q(('round__isnull', False)), fields=['round'], name='batch_round'),
            ),
            migrations.AddIndex(
                model_name='answerbatch',
                index=models.Index(condition=models.Q(('place__isnull', False)), fields=['place'], name='batch_place'),
            ),
            migrations.AddIndex(
                model_name='invitation',
                index=models.Index(fields=['round', 'is_answered'], name='invitation_round'),
            ),
            migrations.AddConstraint(
                model_name='invitation',
                constraint=models.UniqueConstraint(condition=models.Q(('round__isnull', True)), fields=('contact', 'survey'), name='invitation_once_per_contact'),
            ),
            migrations.AddConstraint(
                model_name='invitation',
                constraint=models.UniqueConstraint(fields=('customer', 'round'), name='invitation_once_per_round'),
            ),
            migrations.AddConstraint(
                model_name='invitation',
                constraint=models.UniqueConstraint(condition=models.Q(('reminder_hash', ''), _negated=True), fields=('reminder_hash',), name='reminder_link_once'),
            ),
            migrations.AddConstraint(
                model_name='surveyround',
                constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='round_ends_after_start'),
            ),
            migrations.AddConstraint(
                model_name='surveyround',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('began_at__isnull', True), ('state__in', ['draft', 'planned'])), ('state', 'stopped'), models.Q(('began_at__isnull', False), ('state__in', ['running', 'ended']), ('survey_version__isnull', False)), _connector='OR'), name='round_that_began_says_when'),
            ),
            migrations.AddConstraint(
                model_name='surveyround',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('way', 'sample'), _negated=True), models.Q(('contacts_from__isnull', False), ('contacts_until__gte', models.F('contacts_from'))), _connector='OR'), name='round_sample_has_a_period'),
            ),
        ]),
        migrations.RemoveConstraint(
            model_name='answer',
            name='answer_once',
        ),
        migrations.RemoveConstraint(
            model_name='invitation',
            name='invitation_once',
        ),
        migrations.AlterField(
            model_name='historicalsurveyplace',
            name='channel',
            field=models.CharField(choices=[('phone', 'Phone'), ('counter', 'Counter'), ('reception', 'Reception'), ('email', 'E-mail'), ('letter', 'Letter'), ('form', 'Web form'), ('chat', 'Chat'), ('whatsapp', 'WhatsApp'), ('social', 'Social media'), ('appointment', 'Appointment'), ('home_visit', 'Home visit'), ('street', 'On the street'), ('app', 'App'), ('newsletter', 'Newsletter')], max_length=12, verbose_name='counts for channel'),
        ),
        migrations.AlterField(
            model_name='historicalsurveyquestion',
            name='key',
            field=models.CharField(max_length=20, verbose_name='what it measures'),
        ),
        migrations.AlterField(
            model_name='historicalsurveyquestion',
            name='kind',
            field=models.CharField(choices=[('mark', 'mark from 1 to 10'), ('effort', 'effort, from 1 to 5'), ('yes', 'yes, partly or no'), ('scale', 'agree, from 1 to 5'), ('yesno', 'yes or no'), ('one', 'choose one'), ('many', 'choose one or more'), ('text', 'own words')], max_length=6, verbose_name='kind of answer'),
        ),
        migrations.AlterField(
            model_name='surveyplace',
            name='channel',
            field=models.CharField(choices=[('phone', 'Phone'), ('counter', 'Counter'), ('reception', 'Reception'), ('email', 'E-mail'), ('letter', 'Letter'), ('form', 'Web form'), ('chat', 'Chat'), ('whatsapp', 'WhatsApp'), ('social', 'Social media'), ('appointment', 'Appointment'), ('home_visit', 'Home visit'), ('street', 'On the street'), ('app', 'App'), ('newsletter', 'Newsletter')], max_length=12, verbose_name='counts for channel'),
        ),
        migrations.AlterField(
            model_name='surveyquestion',
            name='key',
            field=models.CharField(max_length=20, verbose_name='what it measures'),
        ),
        migrations.AlterField(
            model_name='surveyquestion',
            name='kind',
            field=models.CharField(choices=[('mark', 'mark from 1 to 10'), ('effort', 'effort, from 1 to 5'), ('yes', 'yes, partly or no'), ('scale', 'agree, from 1 to 5'), ('yesno', 'yes or no'), ('one', 'choose one'), ('many', 'choose one or more'), ('text', 'own words')], max_length=6, verbose_name='kind of answer'),
        ),
        migrations.RunSQL(ROUNDS, BEFORE),
    ]
