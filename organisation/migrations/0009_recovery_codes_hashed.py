"""Recovery codes that were handed out before are kept as a hash too; they go on working."""

import hashlib
from base64 import b32encode

from django.db import migrations


def hash_codes(apps, schema_editor):
    """As organisation/second_factor.py `recovery_hash`."""
    for token in apps.get_model("otp_static", "StaticToken").objects.select_related("device"):
        salt = f"recovery code of {token.device.user_id}".encode()
        token.token = b32encode(hashlib.pbkdf2_hmac("sha256", token.token.encode(), salt, 200_000, dklen=10)).decode()
        token.save(update_fields=["token"])


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0008_settings_that_steer_nothing"),
        ("otp_static", "0003_add_timestamps"),
    ]

    operations = [migrations.RunPython(hash_codes, migrations.RunPython.noop)]
