"""A routing rule may make a question confidential, for the people that it names; those people hear of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from organisation.together import Together

KINDS = [
    ("almost_due", "almost overdue"),
    ("overdue", "overdue"),
    ("overdue_long", "overdue for days"),
    ("assigned", "assigned to you"),
    ("new_contact", "new contact on your question"),
    ("confidential_opened", "confidential question opened"),
    ("access_asked", "access asked to a confidential question"),
    ("reminded", "a colleague reminds you of this question"),
    ("named", "confidential question for you"),
    ("send_failed", "message not sent"),
    ("letter_waits", "letter not posted yet"),
    ("role_asked", "a role waits for a second administrator"),
    ("talk_due", "time to talk about an agreement"),
    ("flood", "too much comes in at once"),
    ("news_waits", "a message waits to be read"),
    ("article_due", "look at an answer again"),
    ("person_asked", "a request about a person waits for a second person"),
    ("list_made", "a destruction list waits to be proposed"),
    ("list_proposed", "a destruction list waits to be approved"),
    ("provider_passed", "signed in with a password while work accounts do not work"),
    ("account_changed", "something changed in an account"),
]


def _closing(model: str) -> list[migrations.AddField]:
    return [
        migrations.AddField(
            model_name=model,
            name="is_confidential",
            field=models.BooleanField(default=False, verbose_name="makes the question confidential"),
        ),
        migrations.AddField(
            model_name=model,
            name="confidential_for",
            field=ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                default=list,
                size=None,
                verbose_name="who sees the question",
            ),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("contacts", "0026_notices_of_changed_accounts")]
    operations = [
        Together(
            [
                *_closing("routingrule"),
                *_closing("historicalroutingrule"),
                migrations.AlterField(
                    model_name="confidentialaccess",
                    name="granted_by",
                    field=models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="organisation.user"
                    ),
                ),
                migrations.AlterField(
                    model_name="notice", name="kind", field=models.CharField(choices=KINDS, max_length=20)
                ),
            ]
        )
    ]
