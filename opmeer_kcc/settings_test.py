"""Settings of the tests: the real ones, with a cheap password hasher, plain static files and a broker that is not there."""

import atexit
import os
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0123456789abcdef" * 4)
os.environ.setdefault("FIELD_KEYS", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")
os.environ.setdefault("DEMO_MODE", "1")
os.environ.setdefault("INSECURE_HTTP", "1")
os.environ.pop("MIGRATE_DATABASE_URL", None)  # the tests make and drop databases: their one role is the owner
os.environ["REDIS_URL"] = "redis://127.0.0.1:1/0"  # nobody listens: everything must work without a broker

from opmeer_kcc.settings import *  # noqa: F403 - the test settings are the real ones plus what is below

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# what a test writes beside its own folder lies in one of this run, which its other processes share; never in the checkout
if "TEST_FILES_DIR" not in os.environ:
    os.environ["TEST_FILES_DIR"] = mkdtemp(prefix="opmeer-test-files-")
    atexit.register(lambda maker: maker == os.getpid() and rmtree(os.environ["TEST_FILES_DIR"]), os.getpid())
FILES_DIR = Path(os.environ["TEST_FILES_DIR"])
DATABASES["default"]["OPTIONS"] |= {  # noqa: F405 - on a busy machine a test lies still longer than a page may
    "connect_timeout": 60,
    "options": DATABASES["default"]["OPTIONS"]["options"]  # noqa: F405
    + " -c statement_timeout=60000 -c lock_timeout=30000 -c idle_in_transaction_session_timeout=0",
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600  # as in production, where names carry a hash: a browser fetches each file once
LOGGING["loggers"]["django.request"] = {"level": "ERROR"}  # type: ignore[index]  # noqa: F405 - refusals are meant
# the database of the tests is thrown away and need not wait for the disk
SILENCED_SYSTEM_CHECKS = ["opmeer.E051", "opmeer.E052", "opmeer.E053"]
