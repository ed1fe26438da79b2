"""An answer marks its invitation: no index holds that mark, so that it stays a small write."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0007_questionnaires_held_for_some_time'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='invitation',
            name='invitation_round',
        ),
        migrations.AddIndex(
            model_name='invitation',
            index=models.Index(condition=models.Q(('round__isnull', False)), fields=['round'], name='invitation_of_round'),
        ),
    ]
