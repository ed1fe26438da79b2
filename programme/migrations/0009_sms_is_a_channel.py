"""Text messages (SMS) are a channel: goals may be about it. Only words change, no table."""

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
CHANNEL = models.CharField(blank=True, choices=CHANNELS, max_length=12, verbose_name="only this channel")


class Migration(migrations.Migration):
    dependencies = [("programme", "0008_no_scores_of_its_own")]
    operations = [
        migrations.AlterField(model_name="goal", name="channel", field=CHANNEL.clone()),
        migrations.AlterField(model_name="historicalgoal", name="channel", field=CHANNEL.clone()),
    ]
