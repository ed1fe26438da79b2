"""Who an employee is at the identity provider of the municipality."""

from django.db import migrations, models

from organisation.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0018_chat_and_websites"),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name="historicaluser",
                name="oidc_issuer",
                field=models.CharField(blank=True, default="", max_length=255, verbose_name="identity provider"),
            ),
            migrations.AddField(
                model_name="historicaluser",
                name="oidc_subject",
                field=models.CharField(blank=True, default="", max_length=255, verbose_name="mark of the work account"),
            ),
            migrations.AddField(
                model_name="user",
                name="oidc_issuer",
                field=models.CharField(blank=True, default="", max_length=255, verbose_name="identity provider"),
            ),
            migrations.AddField(
                model_name="user",
                name="oidc_subject",
                field=models.CharField(blank=True, default="", max_length=255, verbose_name="mark of the work account"),
            ),
            migrations.AddConstraint(
                model_name="user",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("oidc_subject", ""), _negated=True),
                    fields=("oidc_issuer", "oidc_subject"),
                    name="one_person_per_work_account",
                ),
            ),
        ]),
    ]
