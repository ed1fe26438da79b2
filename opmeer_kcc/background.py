"""Starts the worker or beat: `python -m opmeer_kcc.background worker`, `python -m opmeer_kcc.background beat --schedule=FILE`.

Celery's own command, which still works, brings a shell that completes what one types: 10 MB for each of the two.
"""

import argparse
import socket
import sys
from collections.abc import Sequence


def main(given: Sequence[str] | None = None) -> int:
    """The status with which the process ends."""
    parser = argparse.ArgumentParser(prog="python -m opmeer_kcc.background")
    kinds = parser.add_subparsers(dest="kind", required=True)
    of_worker = kinds.add_parser("worker", help="runs the sweeps")
    of_worker.add_argument("--concurrency", type=int, default=2, help="processes of its pool")
    of_worker.add_argument("--name", default="celery", help="of its own beside another one on this machine")
    of_beat = kinds.add_parser("beat", help="asks for the sweeps")
    of_beat.add_argument("--schedule", required=True, help="a file of its own, which may be lost")
    asked = parser.parse_args(given)
    sys.argv[:1] = ["-m", "opmeer_kcc.background"]  # SIGHUP begins the worker anew with these
    return _work(asked.concurrency, asked.name) if asked.kind == "worker" else _tick(asked.schedule)


def _work(concurrency: int, name: str) -> int:
    """What one worker would hear of another (`gossip`, `mingle`) nobody uses."""
    from opmeer_kcc.celery import app

    worker = app.Worker(
        hostname=f"{name}@{socket.gethostname()}",
        pool="prefork",
        concurrency=concurrency,
        max_tasks_per_child=5000,
        without_gossip=True,
        without_mingle=True,
        loglevel="WARNING",
    )
    worker.start()
    return worker.exitcode or 0


def _tick(schedule: str) -> int:
    from opmeer_kcc.beat import app  # loads no models

    app.Beat(schedule=schedule, loglevel="WARNING").run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
