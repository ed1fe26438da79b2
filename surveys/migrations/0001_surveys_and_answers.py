"""Surveys: what is asked, who was asked, and what was answered."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
import surveys.models.asking
import uuid
from django.conf import settings
from django.db import migrations, models

from organisation.together import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contacts', '0005_reminders_and_counting_what_is_open'),
        ('organisation', '0010_version_never_comes_back'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='OptOut',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('address_hash', models.CharField(max_length=64, unique=True)),
                    ('since_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='Survey',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(max_length=40, unique=True)),
                    ('name', models.CharField(max_length=100, unique=True, verbose_name='name')),
                    ('version', models.PositiveIntegerField(default=1)),
                ],
                options={
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='SurveyQuestion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('order', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(99)], verbose_name='place')),
                    ('key', models.CharField(choices=[('mark', 'Mark for the contact'), ('friendliness', 'Friendliness'), ('clear_language', 'Clear language'), ('answered', 'Question answered'), ('effort', 'Effort'), ('speed', 'Speed'), ('expertise', 'Expertise'), ('better', 'What can be better')], max_length=20, verbose_name='what it measures')),
                    ('kind', models.CharField(choices=[('mark', 'mark from 1 to 10'), ('effort', 'effort, from 1 to 5'), ('yes', 'yes, partly or no'), ('scale', 'agree, from 1 to 5'), ('text', 'own words')], max_length=6, verbose_name='kind of answer')),
                    ('text_nl', models.CharField(max_length=200, verbose_name='question')),
                    ('text_en', models.CharField(max_length=200, verbose_name='question in English')),
                    ('low_nl', models.CharField(blank=True, max_length=40, verbose_name='word at the lowest')),
                    ('low_en', models.CharField(blank=True, max_length=40, verbose_name='word at the lowest, in English')),
                    ('high_nl', models.CharField(blank=True, max_length=40, verbose_name='word at the highest')),
                    ('high_en', models.CharField(blank=True, max_length=40, verbose_name='word at the highest, in English')),
                    ('is_required', models.BooleanField(default=False, verbose_name='must be answered')),
                ],
                options={
                    'ordering': ['version', 'order', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='AnswerBatch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=20)),
                    ('channel', models.CharField(max_length=12)),
                    ('on', models.DateField()),
                    ('size', models.PositiveIntegerField()),
                    ('total', models.PositiveIntegerField()),
                    ('squares', models.PositiveIntegerField()),
                    ('n1', models.PositiveIntegerField(default=0)),
                    ('n2', models.PositiveIntegerField(default=0)),
                    ('n3', models.PositiveIntegerField(default=0)),
                    ('n4', models.PositiveIntegerField(default=0)),
                    ('n5', models.PositiveIntegerField(default=0)),
                    ('n6', models.PositiveIntegerField(default=0)),
                    ('n7', models.PositiveIntegerField(default=0)),
                    ('n8', models.PositiveIntegerField(default=0)),
                    ('n9', models.PositiveIntegerField(default=0)),
                    ('n10', models.PositiveIntegerField(default=0)),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.team')),
                    ('theme', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.subject')),
                    ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='surveys.survey')),
                ],
                options={
                    "indexes": [
                        models.Index(fields=['key', 'on'], name='batch_key_day'),
                    ],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(('size__gte', 10)), name='batch_of_ten_or_more'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='AskingChoices',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('days_between', models.PositiveSmallIntegerField(default=90, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(730)], verbose_name='days in which a customer is asked at most once')),
                    ('quiet_from', models.PositiveSmallIntegerField(default=20, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(23)], verbose_name='nothing is sent from this hour')),
                    ('quiet_until', models.PositiveSmallIntegerField(default=8, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(23)], verbose_name='nothing is sent until this hour')),
                    ('stale_days', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='days after which a contact is not asked about any more')),
                    ('valid_days', models.PositiveSmallIntegerField(default=14, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='days that a link works')),
                    ('salt', models.CharField(default=surveys.models.asking.new_salt, editable=False, max_length=32)),
                    ('version', models.PositiveIntegerField(default=1)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_row_of_asking_choices')],
                },
            ),
            migrations.CreateModel(
                name='HistoricalAskingChoices',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('days_between', models.PositiveSmallIntegerField(default=90, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(730)], verbose_name='days in which a customer is asked at most once')),
                    ('quiet_from', models.PositiveSmallIntegerField(default=20, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(23)], verbose_name='nothing is sent from this hour')),
                    ('quiet_until', models.PositiveSmallIntegerField(default=8, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(23)], verbose_name='nothing is sent until this hour')),
                    ('stale_days', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='days after which a contact is not asked about any more')),
                    ('valid_days', models.PositiveSmallIntegerField(default=14, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='days that a link works')),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical asking choices',
                    'verbose_name_plural': 'historical asking choicess',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='HistoricalSurvey',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('code', models.SlugField(max_length=40)),
                    ('name', models.CharField(db_index=True, max_length=100, verbose_name='name')),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical survey',
                    'verbose_name_plural': 'historical surveys',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='Response',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('channel', models.CharField(max_length=12)),
                    ('answered_on', models.DateField()),
                    ('revise_hash', models.CharField(blank=True, max_length=64)),
                    ('closes_at', models.DateTimeField(null=True)),
                    ('question', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='contacts.question')),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.team')),
                    ('theme', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.subject')),
                ],
                options={
                    "indexes": [
                        models.Index(condition=models.Q(('closes_at__isnull', False)), fields=['closes_at'], name='response_open'),
                        models.Index(fields=['answered_on'], name='response_day'),
                    ],
                    "constraints": [
                        models.UniqueConstraint(condition=models.Q(('revise_hash', ''), _negated=True), fields=('revise_hash',), name='response_once_per_link'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='HistoricalSurveyVersion',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('state', models.CharField(choices=[('draft', 'being written'), ('running', 'running'), ('replaced', 'replaced')], default='draft', max_length=8)),
                    ('title_nl', models.CharField(max_length=120, verbose_name='heading')),
                    ('title_en', models.CharField(max_length=120, verbose_name='heading in English')),
                    ('created_at', models.DateTimeField()),
                    ('published_at', models.DateTimeField(null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('published_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('survey', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='surveys.survey')),
                ],
                options={
                    'verbose_name': 'historical survey version',
                    'verbose_name_plural': 'historical survey versions',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='HistoricalChannelRule',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('channel', models.CharField(choices=[('phone', 'Phone'), ('counter', 'Counter'), ('reception', 'Reception'), ('email', 'E-mail'), ('letter', 'Letter'), ('form', 'Web form'), ('chat', 'Chat'), ('whatsapp', 'WhatsApp'), ('social', 'Social media'), ('appointment', 'Appointment'), ('home_visit', 'Home visit'), ('street', 'On the street'), ('app', 'App')], db_index=True, max_length=12, verbose_name='channel')),
                    ('share', models.PositiveSmallIntegerField(default=25, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='share of the contacts, in percent')),
                    ('delay_minutes', models.PositiveIntegerField(default=60, validators=[django.core.validators.MaxValueValidator(5760)], verbose_name='minutes after the answer')),
                    ('is_active', models.BooleanField(default=False, verbose_name='in use')),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('survey', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='surveys.survey', verbose_name='survey')),
                ],
                options={
                    'verbose_name': 'historical channel rule',
                    'verbose_name_plural': 'historical channel rules',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='ChannelRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('channel', models.CharField(choices=[('phone', 'Phone'), ('counter', 'Counter'), ('reception', 'Reception'), ('email', 'E-mail'), ('letter', 'Letter'), ('form', 'Web form'), ('chat', 'Chat'), ('whatsapp', 'WhatsApp'), ('social', 'Social media'), ('appointment', 'Appointment'), ('home_visit', 'Home visit'), ('street', 'On the street'), ('app', 'App')], max_length=12, unique=True, verbose_name='channel')),
                    ('share', models.PositiveSmallIntegerField(default=25, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='share of the contacts, in percent')),
                    ('delay_minutes', models.PositiveIntegerField(default=60, validators=[django.core.validators.MaxValueValidator(5760)], verbose_name='minutes after the answer')),
                    ('is_active', models.BooleanField(default=False, verbose_name='in use')),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='surveys.survey', verbose_name='survey')),
                ],
                options={
                    'ordering': ['channel'],
                },
            ),
            migrations.CreateModel(
                name='Answer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=20)),
                    ('value', models.PositiveSmallIntegerField(null=True)),
                    ('text', models.TextField(blank=True)),
                    ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='surveys.answerbatch')),
                    ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='surveys.response')),
                    ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.survey')),
                    ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.surveyquestion')),
                ],
                options={
                    "indexes": [
                        models.Index(condition=models.Q(('batch__isnull', True), ('value__isnull', False)), fields=['survey', 'key'], name='answer_waiting'),
                        models.Index(condition=models.Q(('text', ''), _negated=True), fields=['response'], name='answer_words'),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=('response', 'question'), name='answer_once'),
                        models.CheckConstraint(condition=models.Q(models.Q(('text', ''), ('value__gte', 1), ('value__lte', 10)), models.Q(('value__isnull', True), models.Q(('text', ''), _negated=True)), _connector='OR'), name='answer_is_number_or_text'),
                        models.CheckConstraint(condition=models.Q(('batch__isnull', True), ('value__isnull', False), _connector='OR'), name='only_numbers_count'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='SurveyVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('state', models.CharField(choices=[('draft', 'being written'), ('running', 'running'), ('replaced', 'replaced')], default='draft', max_length=8)),
                    ('title_nl', models.CharField(max_length=120, verbose_name='heading')),
                    ('title_en', models.CharField(max_length=120, verbose_name='heading in English')),
                    ('created_at', models.DateTimeField()),
                    ('published_at', models.DateTimeField(null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='surveys.survey')),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=('survey', 'number'), name='survey_version_once'),
                        models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('survey',), name='one_running_version'),
                        models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('survey',), name='one_draft_version'),
                        models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('state', 'draft')), models.Q(('published_at__isnull', False), ('state__in', ['running', 'replaced'])), _connector='OR'), name='version_published_or_draft'),
                    ],
                    'ordering': ['survey', '-number'],
                },
            ),
            migrations.AddField(
                model_name='surveyquestion',
                name='version',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='surveys.surveyversion'),
            ),
            migrations.AddField(
                model_name='response',
                name='survey_version',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='surveys.surveyversion'),
            ),
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('address_hash', models.CharField(blank=True, max_length=64)),
                    ('token_hash', models.CharField(max_length=64, unique=True)),
                    ('channel', models.CharField(max_length=12)),
                    ('contact_on', models.DateField()),
                    ('invited_at', models.DateTimeField()),
                    ('invited_on', models.DateField()),
                    ('expires_at', models.DateTimeField()),
                    ('is_answered', models.BooleanField(default=False)),
                    ('is_undelivered', models.BooleanField(default=False)),
                    ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='contacts.contact')),
                    ('customer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='contacts.customer')),
                    ('subject', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.subject')),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.team')),
                    ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.survey')),
                    ('survey_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.surveyversion')),
                ],
                options={
                    "indexes": [
                        models.Index(fields=['customer', 'invited_at'], name='invitation_customer'),
                        models.Index(fields=['address_hash', 'invited_at'], name='invitation_address'),
                        models.Index(fields=['invited_on', 'channel'], name='invitation_day'),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=('contact', 'survey'), name='invitation_once'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='HistoricalSurveyQuestion',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('order', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(99)], verbose_name='place')),
                    ('key', models.CharField(choices=[('mark', 'Mark for the contact'), ('friendliness', 'Friendliness'), ('clear_language', 'Clear language'), ('answered', 'Question answered'), ('effort', 'Effort'), ('speed', 'Speed'), ('expertise', 'Expertise'), ('better', 'What can be better')], max_length=20, verbose_name='what it measures')),
                    ('kind', models.CharField(choices=[('mark', 'mark from 1 to 10'), ('effort', 'effort, from 1 to 5'), ('yes', 'yes, partly or no'), ('scale', 'agree, from 1 to 5'), ('text', 'own words')], max_length=6, verbose_name='kind of answer')),
                    ('text_nl', models.CharField(max_length=200, verbose_name='question')),
                    ('text_en', models.CharField(max_length=200, verbose_name='question in English')),
                    ('low_nl', models.CharField(blank=True, max_length=40, verbose_name='word at the lowest')),
                    ('low_en', models.CharField(blank=True, max_length=40, verbose_name='word at the lowest, in English')),
                    ('high_nl', models.CharField(blank=True, max_length=40, verbose_name='word at the highest')),
                    ('high_en', models.CharField(blank=True, max_length=40, verbose_name='word at the highest, in English')),
                    ('is_required', models.BooleanField(default=False, verbose_name='must be answered')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('version', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='surveys.surveyversion')),
                ],
                options={
                    'verbose_name': 'historical survey question',
                    'verbose_name_plural': 'historical survey questions',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.AddConstraint(
                model_name='surveyquestion',
                constraint=models.UniqueConstraint(fields=('version', 'key'), name='key_once_per_version'),
            ),
        ]),
    ]
