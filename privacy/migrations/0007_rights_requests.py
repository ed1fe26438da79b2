"""Until when a person must have an answer who asks something about the own data (AVG, article 12)."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0029_notices_of_rights'),
        ('privacy', '0006_what_touches_logs_says_so'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalRightsRequest',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('inspect', 'inspection'), ('rectify', 'correction'), ('erase', 'erasure'), ('restrict', 'restriction'), ('object', 'objection to the use')], max_length=8)),
                ('reason', models.CharField(max_length=300)),
                ('received_on', models.DateField()),
                ('last_on', models.DateField()),
                ('noted_at', models.DateTimeField()),
                ('extended_at', models.DateTimeField(null=True)),
                ('extension_reason', models.CharField(blank=True, max_length=300)),
                ('told_by', models.CharField(blank=True, choices=[('email', 'by an e-mail that we send now'), ('letter', 'by a letter that I send myself'), ('phone', 'I told it on the phone'), ('counter', 'I told it at the counter')], max_length=8)),
                ('outcome', models.CharField(blank=True, choices=[('granted', 'done as asked'), ('partly', 'done in part'), ('refused', 'refused'), ('withdrawn', 'no longer wanted by the person')], max_length=9)),
                ('remark', models.CharField(blank=True, max_length=300)),
                ('answered_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('customer', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='contacts.customer')),
                ('extended_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('handler', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('noted_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical rights request',
                'verbose_name_plural': 'historical rights requests',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='RightsRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('inspect', 'inspection'), ('rectify', 'correction'), ('erase', 'erasure'), ('restrict', 'restriction'), ('object', 'objection to the use')], max_length=8)),
                ('reason', models.CharField(max_length=300)),
                ('received_on', models.DateField()),
                ('last_on', models.DateField()),
                ('noted_at', models.DateTimeField()),
                ('extended_at', models.DateTimeField(null=True)),
                ('extension_reason', models.CharField(blank=True, max_length=300)),
                ('told_by', models.CharField(blank=True, choices=[('email', 'by an e-mail that we send now'), ('letter', 'by a letter that I send myself'), ('phone', 'I told it on the phone'), ('counter', 'I told it at the counter')], max_length=8)),
                ('outcome', models.CharField(blank=True, choices=[('granted', 'done as asked'), ('partly', 'done in part'), ('refused', 'refused'), ('withdrawn', 'no longer wanted by the person')], max_length=9)),
                ('remark', models.CharField(blank=True, max_length=300)),
                ('answered_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.customer')),
                ('extended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('handler', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['last_on', 'pk'],
                'indexes': [models.Index(condition=models.Q(('answered_at__isnull', True)), fields=['last_on'], name='right_to_answer')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('customer', 'kind'), name='one_open_right'), models.CheckConstraint(condition=models.Q(('last_on__gt', models.F('received_on'))), name='right_has_a_term'), models.CheckConstraint(condition=models.Q(('extended_at__isnull', True), models.Q(models.Q(('extension_reason', ''), _negated=True), models.Q(('told_by', ''), _negated=True)), _connector='OR'), name='longer_with_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('outcome', '')), models.Q(('answered_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='answered_with_an_outcome')],
            },
        ),
    ]
