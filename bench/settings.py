"""The settings of production with one middleware before them, which counts statements only when a request asks for it."""

from opmeer_kcc.settings import *  # noqa: F403
from opmeer_kcc.settings import MIDDLEWARE as PRODUCTION

MIDDLEWARE = ["bench.counting.CountStatements", *PRODUCTION]
