"""Forms and chats are counted per address and network, and automatic mail by what it answers: nobody can keep the others out."""

from django.db import migrations, models

from organisation.together import Together


class Migration(migrations.Migration):
    dependencies = [("channels_app", "0010_calls_files")]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Arrival",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=8)),
                        ("address", models.CharField(max_length=32)),
                        ("network", models.CharField(max_length=32)),
                        ("at", models.DateTimeField()),
                    ],
                ),
                migrations.AddField(
                    model_name="outboundmessage", name="cause", field=models.CharField(default="", max_length=12)
                ),
                migrations.AddField(
                    model_name="outboundmessage", name="origin", field=models.CharField(default="", max_length=32)
                ),
                migrations.AddField(
                    model_name="outboundmessage",
                    name="origin_network",
                    field=models.CharField(default="", max_length=32),
                ),
                migrations.AddIndex(
                    model_name="outboundmessage",
                    index=models.Index(
                        condition=models.Q(("origin", ""), _negated=True), fields=["created_at"], name="outbound_origin"
                    ),
                ),
                migrations.AddIndex(
                    model_name="arrival",
                    index=models.Index(fields=["network", "kind", "at"], name="arrival_of_network"),
                ),
                migrations.AddIndex(
                    model_name="arrival",
                    index=models.Index(fields=["at"], name="arrival_to_forget"),
                ),
            ]
        )
    ]
