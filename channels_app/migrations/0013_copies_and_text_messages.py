"""E-mail may have copies; text messages (SMS): what an account may begin with, and the numbers that sent STOP."""

from django.db import migrations, models

from organisation.together import Together

STATUS = models.BooleanField(default=False, verbose_name="tells that a question arrived")
SURVEYS = models.BooleanField(default=False, verbose_name="invites to surveys")


class Migration(migrations.Migration):
    dependencies = [("channels_app", "0012_scans_that_wait_for_the_desk")]
    operations = [
        Together([
            migrations.CreateModel(
                name="StoppedNumber",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("number", models.CharField(max_length=40, unique=True)),
                    ("since_at", models.DateTimeField()),
                ],
            ),
            migrations.AddField(model_name="historicalmessagesource", name="sends_status", field=STATUS.clone()),
            migrations.AddField(model_name="historicalmessagesource", name="sends_surveys", field=SURVEYS.clone()),
            migrations.AddField(model_name="messagesource", name="sends_status", field=STATUS.clone()),
            migrations.AddField(model_name="messagesource", name="sends_surveys", field=SURVEYS.clone()),
            migrations.AddField(model_name="outboundmessage", name="copies", field=models.JSONField(default=list)),
        ])
    ]
