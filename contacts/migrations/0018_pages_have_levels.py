"""A text on a page that citizens read has a level too, on the day that it came to stand there; it is of no question."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from organisation.together import Together


class Migration(migrations.Migration):
    dependencies = [("contacts", "0017_letters_that_wait_to_be_posted")]
    operations = [
        migrations.AlterField(
            model_name="textlevel",
            name="contact",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="text_level",
                to="contacts.contact",
            ),
        ),
        migrations.AlterField(
            model_name="textlevel",
            name="question",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contacts.question"
            ),
        ),
        Together(
            [
                migrations.AddField(
                    model_name="textlevel", name="page", field=models.CharField(blank=True, default="", max_length=80)
                ),
                migrations.AddField(
                    model_name="textlevel",
                    name="page_title",
                    field=models.CharField(blank=True, default="", max_length=120),
                ),
                migrations.AddConstraint(
                    model_name="textlevel",
                    constraint=models.UniqueConstraint(
                        condition=~Q(page=""), fields=["page"], name="level_of_a_page_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="textlevel",
                    constraint=models.CheckConstraint(
                        condition=Q(page="", contact__isnull=False, question__isnull=False)
                        | (~Q(page="") & Q(contact__isnull=True, question__isnull=True)),
                        name="level_of_a_text_or_a_page",
                    ),
                ),
            ]
        ),
    ]
