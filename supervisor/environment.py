"""The environment of Django's processes: what the administrator set, and for the rest what fits one machine."""

import os

from supervisor.mode import is_demo
from supervisor.place import Place
from supervisor.secret import secret

NOT_FOR_CHILDREN = ("PYTHONPATH", "PYTHONHOME", "DJANGO_SETTINGS_MODULE")

OWNER = "MIGRATE_DATABASE_URL"
"""Only for what makes tables: no process that serves or works knows it."""


def environment(
    place: Place, *, database_url: str, redis_url: str, owner_url: str = "", port: int = 8000
) -> dict[str, str]:
    """Everything that settings.py reads; a variable that is set already always wins."""
    env = {name: value for name, value in os.environ.items() if name not in NOT_FOR_CHILDREN}
    if not env.get("DATABASE_URL"):  # the owner goes with the database
        env[OWNER] = owner_url
    secrets = place.data / "secrets"
    fitting = {
        "DATABASE_URL": lambda: database_url,
        "REDIS_URL": lambda: redis_url,
        "SECRET_KEY": lambda: secret(secrets, "secret_key"),
        "FIELD_KEYS": lambda: secret(secrets, "field_key"),
        "DEMO_MODE": lambda: "1" if is_demo(place) else "0",
        "SITE_URL": lambda: f"http://127.0.0.1:{port}",
        "INSECURE_HTTP": lambda: "1" if env["SITE_URL"].startswith("http://") else "0",
    }
    for name, value in fitting.items():
        if not env.get(name):
            env[name] = value()
    env["DATA_DIR"] = str(place.data)
    env["DJANGO_SETTINGS_MODULE"] = "opmeer_kcc.settings"
    env["PYTHONUNBUFFERED"] = "1"
    return env
