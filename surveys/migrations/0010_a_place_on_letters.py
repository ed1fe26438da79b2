"""One place can stand as a code on the letters that we make."""

from django.db import migrations, models

from organisation.together import Together

WORDS = "stands on the letters that we make"


class Migration(migrations.Migration):
    dependencies = [("surveys", "0009_a_place_after_the_form")]
    operations = [
        Together(
            [
                migrations.AddField(
                    model_name="historicalsurveyplace",
                    name="is_on_letters",
                    field=models.BooleanField(default=False, verbose_name=WORDS),
                ),
                migrations.AddField(
                    model_name="surveyplace",
                    name="is_on_letters",
                    field=models.BooleanField(default=False, verbose_name=WORDS),
                ),
                migrations.AddConstraint(
                    model_name="surveyplace",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(is_on_letters=True),
                        fields=["is_on_letters"],
                        name="one_place_on_letters",
                        violation_error_message="Another place stands there already. Take it out there first.",
                    ),
                ),
            ]
        )
    ]
