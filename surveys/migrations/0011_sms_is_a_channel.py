"""Text messages (SMS) are a channel: rules and places may be about it. Only words change, no table."""

from django.db import migrations, models

CHANNELS = [
    ("phone", "Phone"),
    ("counter", "Counter"),
    ("reception", "Reception"),
    ("email", "E-mail"),
    ("letter", "Letter"),
    ("form", "Web form"),
    ("chat", "Chat"),
    ("whatsapp", "WhatsApp"),
    ("sms", "SMS"),
    ("social", "Social media"),
    ("appointment", "Appointment"),
    ("home_visit", "Home visit"),
    ("street", "On the street"),
    ("app", "App"),
]
PLACE = models.CharField(
    choices=[*CHANNELS, ("newsletter", "Newsletter")], max_length=12, verbose_name="counts for channel"
)


class Migration(migrations.Migration):
    dependencies = [("surveys", "0010_a_place_on_letters")]
    operations = [
        migrations.AlterField(
            model_name="channelrule",
            name="channel",
            field=models.CharField(choices=CHANNELS, max_length=12, unique=True, verbose_name="channel"),
        ),
        migrations.AlterField(
            model_name="historicalchannelrule",
            name="channel",
            field=models.CharField(choices=CHANNELS, db_index=True, max_length=12, verbose_name="channel"),
        ),
        migrations.AlterField(model_name="historicalsurveyplace", name="channel", field=PLACE.clone()),
        migrations.AlterField(model_name="surveyplace", name="channel", field=PLACE.clone()),
    ]
