"""The embedded database and broker, unless DATABASE_URL and REDIS_URL name others."""

import os

from supervisor.place import Place
from supervisor.postgres import Postgres
from supervisor.valkey import Valkey


class Services:
    """Started in order and stopped in the reverse order."""

    def __init__(self, place: Place, *, broker: bool = True) -> None:
        self.place = place
        logs = place.folder("log")
        self.postgres = (
            None if os.environ.get("DATABASE_URL") else Postgres(place.data / "postgres", logs / "database.log")
        )
        if self.postgres is not None and os.environ.get("BACKUP_DIR"):
            self.postgres.keep_log()
        own_broker = broker and not os.environ.get("REDIS_URL")
        self.valkey = Valkey(place.data / "valkey", logs / "broker.log") if own_broker else None

    @property
    def parts(self) -> list[Postgres | Valkey]:
        return [part for part in (self.postgres, self.valkey) if part is not None]

    @property
    def database_url(self) -> str:
        return self.postgres.url if self.postgres else os.environ["DATABASE_URL"]

    @property
    def owner_url(self) -> str:
        """Of who makes and changes the tables; of the application itself when nobody else was named."""
        if self.postgres:
            return self.postgres.owner_url
        return os.environ.get("MIGRATE_DATABASE_URL") or os.environ["DATABASE_URL"]

    @property
    def redis_url(self) -> str:
        return self.valkey.url if self.valkey else os.environ.get("REDIS_URL", "")

    def start(self) -> None:
        for part in self.parts:
            part.start()

    def stop(self) -> None:
        for part in reversed(self.parts):
            part.stop()
