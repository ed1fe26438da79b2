"""With a call stands the team of who picked up, and from how many people on that team is told apart. Older calls have neither."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels_app", "0014_automatic_mail_by_address"),
        ("organisation", "0021_people_in_a_team_of_the_phone"),
    ]
    operations = [
        migrations.AddField(
            model_name="call",
            name="answered_team",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.team",
            ),
        ),
        migrations.AddField(
            model_name="call", name="team_least", field=models.PositiveSmallIntegerField(blank=True, null=True)
        ),
    ]
