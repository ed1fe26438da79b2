"""Mailboxes that sign in with tokens, with a server for sending, hours and an acknowledgement of their own."""

import django.db.models.deletion
from django.db import migrations, models

from organisation.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("channels_app", "0006_events_of_the_exchange"),
        ("organisation", "0017_undo_send"),
    ]

    operations = [
        Together(
            [
                migrations.AddField(
                    model_name="historicalmailbox",
                    name="acknowledgement_text",
                    field=models.TextField(blank=True, verbose_name="own text of the acknowledgement"),
                ),
                migrations.AddField(
                    model_name="historicalmailbox",
                    name="calendar",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.workingcalendar",
                    ),
                ),
                migrations.AddField(
                    model_name="historicalmailbox",
                    name="client_id",
                    field=models.CharField(blank=True, max_length=200, verbose_name="client id"),
                ),
                migrations.AddField(
                    model_name="historicalmailbox",
                    name="grant",
                    field=models.CharField(
                        choices=[("client_credentials", "client credentials"), ("refresh_token", "refresh token")],
                        default="client_credentials",
                        max_length=20,
                        verbose_name="grant",
                    ),
                ),
                migrations.AddField(
                    model_name="historicalmailbox",
                    name="has_acknowledgement",
                    field=models.BooleanField(default=True, verbose_name="acknowledgement"),
                ),
                migrations.AddField(
                    model_name="historicalmailbox",
                    name="scope",
                    field=models.CharField(blank=True, max_length=500, verbose_name="scope"),
                ),
                migrations.AddField(
                    model_name="historicalmailbox",
                    name="sign_in",
                    field=models.CharField(
                        choices=[("password", "with a password"), ("oauth", "with tokens (OAuth2)")],
                        default="password",
                        max_length=8,
                        verbose_name="signs in",
                    ),
                ),
                migrations.AddField(
                    model_name="historicalmailbox",
                    name="smtp_host",
                    field=models.CharField(blank=True, max_length=200, verbose_name="server for sending"),
                ),
                migrations.AddField(
                    model_name="historicalmailbox",
                    name="smtp_port",
                    field=models.PositiveIntegerField(default=587, verbose_name="port for sending"),
                ),
                migrations.AddField(
                    model_name="historicalmailbox",
                    name="smtp_security",
                    field=models.CharField(
                        choices=[("tls", "TLS"), ("starttls", "STARTTLS"), ("none", "None (only on this machine)")],
                        default="starttls",
                        max_length=8,
                        verbose_name="security for sending",
                    ),
                ),
                migrations.AddField(
                    model_name="historicalmailbox",
                    name="token_url",
                    field=models.CharField(blank=True, max_length=500, verbose_name="address that gives tokens"),
                ),
                migrations.AddField(
                    model_name="mailbox",
                    name="access_token_encrypted",
                    field=models.TextField(blank=True, editable=False),
                ),
                migrations.AddField(
                    model_name="mailbox",
                    name="acknowledgement_text",
                    field=models.TextField(blank=True, verbose_name="own text of the acknowledgement"),
                ),
                migrations.AddField(
                    model_name="mailbox",
                    name="calendar",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mailboxes",
                        to="organisation.workingcalendar",
                    ),
                ),
                migrations.AddField(
                    model_name="mailbox",
                    name="client_id",
                    field=models.CharField(blank=True, max_length=200, verbose_name="client id"),
                ),
                migrations.AddField(
                    model_name="mailbox",
                    name="client_secret_encrypted",
                    field=models.TextField(blank=True, editable=False),
                ),
                migrations.AddField(
                    model_name="mailbox",
                    name="grant",
                    field=models.CharField(
                        choices=[("client_credentials", "client credentials"), ("refresh_token", "refresh token")],
                        default="client_credentials",
                        max_length=20,
                        verbose_name="grant",
                    ),
                ),
                migrations.AddField(
                    model_name="mailbox",
                    name="has_acknowledgement",
                    field=models.BooleanField(default=True, verbose_name="acknowledgement"),
                ),
                migrations.AddField(
                    model_name="mailbox",
                    name="refresh_token_encrypted",
                    field=models.TextField(blank=True, editable=False),
                ),
                migrations.AddField(
                    model_name="mailbox",
                    name="scope",
                    field=models.CharField(blank=True, max_length=500, verbose_name="scope"),
                ),
                migrations.AddField(
                    model_name="mailbox",
                    name="sign_in",
                    field=models.CharField(
                        choices=[("password", "with a password"), ("oauth", "with tokens (OAuth2)")],
                        default="password",
                        max_length=8,
                        verbose_name="signs in",
                    ),
                ),
                migrations.AddField(
                    model_name="mailbox",
                    name="smtp_host",
                    field=models.CharField(blank=True, max_length=200, verbose_name="server for sending"),
                ),
                migrations.AddField(
                    model_name="mailbox",
                    name="smtp_port",
                    field=models.PositiveIntegerField(default=587, verbose_name="port for sending"),
                ),
                migrations.AddField(
                    model_name="mailbox",
                    name="smtp_security",
                    field=models.CharField(
                        choices=[("tls", "TLS"), ("starttls", "STARTTLS"), ("none", "None (only on this machine)")],
                        default="starttls",
                        max_length=8,
                        verbose_name="security for sending",
                    ),
                ),
                migrations.AddField(
                    model_name="mailbox",
                    name="token_until",
                    field=models.DateTimeField(editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="mailbox",
                    name="token_url",
                    field=models.CharField(blank=True, max_length=500, verbose_name="address that gives tokens"),
                ),
            ]
        ),
    ]
