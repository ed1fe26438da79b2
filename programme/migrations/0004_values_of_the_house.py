"""The values in the roof of the house become something that is changed on the screen; they stood in the template."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

VALUES = "Eigentijds, Persoonlijk, Betrouwbaar, Duidelijk, Eenvoudig"


def keep_what_was_shown(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("programme", "Programme").objects.update(values_in_words=VALUES)


class Migration(migrations.Migration):
    dependencies = [("programme", "0003_issued_reports_stay")]

    operations = [
        *[
            migrations.AddField(
                model_name=name,
                name="values_in_words",
                field=models.CharField(
                    blank=True,
                    default="",
                    max_length=200,
                    verbose_name="customer values, with commas between them",
                ),
                preserve_default=False,
            )
            for name in ("historicalprogramme", "programme")
        ],
        migrations.RunPython(keep_what_was_shown, migrations.RunPython.noop),
    ]
