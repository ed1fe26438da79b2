"""The settings of production with one middleware before them, which counts statements only when a request asks for it."""

import sys

sys.modules.update(dict.fromkeys(("requests", "rich")))  # type: ignore[arg-type]  # as where only requirements.txt is installed

from opmeer_kcc.settings import *  # noqa: E402, F403
from opmeer_kcc.settings import MIDDLEWARE as PRODUCTION  # noqa: E402

MIDDLEWARE = ["bench.counting.CountStatements", *PRODUCTION]
