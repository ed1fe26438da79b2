"""An acknowledgement names all questions of the letter that it answers; a reply by e-mail may have copies."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0021_numbers_of_before_are_covered")]
    operations = [
        migrations.AddField(
            model_name="outgoingletter",
            name="also",
            field=models.ManyToManyField(related_name="letters_also", to="contacts.question"),
        ),
        migrations.AddField(model_name="plannedreply", name="copies", field=models.JSONField(default=list)),
    ]
