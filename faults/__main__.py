"""script/faults [--full] [FAULT …]: breaks an installation of its own on purpose; one JSON object a line, exit 1 when a promise did not hold."""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import signal
import sys
import threading
import time
import traceback
from collections import Counter
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

from faults import beside
from supervisor import debian, install
from supervisor.place import PYTHON, VENV
from supervisor.plain import Plain

BUSY = 0.5
"""Load for each processor, from others, above which speeds are not judged."""
SWITCH_SECONDS = 0.0005
"""Every byte of the installation passes the proxies of this process: they must not wait for a thread that sends."""
LONGEST_SECONDS = {"short": 60 * 60, "full": 4 * 60 * 60}
ITEMS = {"short": 5_000, "full": 75_000}
"""What F31 makes it; in full the others offer a quarter: F14 10,000, F30 some 14,000, F15 1,000."""
IN_ALL = 100_000
"""What a whole full run must have offered."""
BETWEEN_STARTS = 20
"""Seconds: an installation that begins looks for free ports."""
TELLING = threading.Lock()


def main() -> int:
    install.ensure()
    if os.path.realpath(sys.prefix) != os.path.realpath(VENV):
        os.execv(PYTHON, [str(PYTHON), "-m", "faults", *sys.argv[1:]])
    if os.environ.get("CI") == "true":
        debian.install()  # Dovecot, which the tests after this want as well
    from faults.fault import FAULTS

    for path in sorted((Path(__file__).parent / "cases").glob("f*.py")):
        import_module(f"faults.cases.{path.stem}")
    parser = argparse.ArgumentParser(prog="script/faults", description=__doc__)
    parser.add_argument(
        "faults", nargs="*", metavar="FAULT", help=f"only these: {' '.join(sorted(FAULTS, key=_order))}"
    )
    parser.add_argument(
        "--full",
        action="store_true",
        help="all faults, with the full counts (an hour); speeds are judged when some are named",
    )
    parser.add_argument(
        "--no-speeds", action="store_true", help="note how fast things were and do not judge it (a machine of others)"
    )
    parser.add_argument(
        "--items", type=int, help="so many contacts F31 makes it in its installation (5,000; in full 75,000)"
    )
    options = parser.parse_args()
    wanted = [name.upper() for name in options.faults]
    if strange := [name for name in wanted if name not in FAULTS]:
        parser.error(f"there is no fault {', '.join(strange)}")
    if not wanted:
        wanted = [code for code, kind in FAULTS.items() if options.full or kind.is_short]
    faulthandler.register(signal.SIGUSR1)
    sys.setswitchinterval(SWITCH_SECONDS)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGALRM):
        signal.signal(number, _stop)
    form = "full" if options.full else "short"
    signal.alarm(LONGEST_SECONDS[form])
    is_busy = options.no_speeds or os.getloadavg()[0] > BUSY * (os.cpu_count() or 1)
    items = ITEMS[form] if options.items is None else options.items
    apart = beside.APART if options.full and not options.faults else ()
    here = sorted((code for code in wanted if not any(code in row for row in apart)), key=_order)
    others: list[beside.Beside] = []
    try:
        for codes in apart:
            others.append(beside.Beside(codes, ["--items", str(items)], _tell))
            time.sleep(BETWEEN_STARTS)
        in_all = IN_ALL if apart and options.items is None else 0
        return _run(here, others, is_full=options.full, is_busy=is_busy or bool(apart), items=items, in_all=in_all)
    finally:
        beside.stop(others)


def _order(code: str) -> int:
    return int(code[1:])


def _stop(number: int, frame: object) -> None:
    signal.signal(number, signal.SIG_IGN)  # asked twice, it would break off throwing its installation away
    raise KeyboardInterrupt


def _run(
    codes: list[str], others: list[beside.Beside], *, is_full: bool, is_busy: bool, items: int, in_all: int
) -> int:
    from faults.fault import FAULTS, World
    from faults.house import furnish
    from faults.ledger import Ledger
    from faults.stack import Stack

    begun = time.monotonic()
    broken = skipped = 0
    with Stack() as stack:
        house = furnish(stack)
        stack.run()
        ledger = Ledger(stack.web_ports, house.token)
        world = World(stack, ledger, house, is_full, is_busy, items)
        ledger.send_some(5)
        _tell(
            {
                "started": round(time.monotonic() - begun, 1),
                "imap": stack.imap is not None,
                "speeds_judged": not is_busy,
            }
        )
        for code in codes:
            kind = FAULTS[code]
            if kind.needs_imap and stack.imap is None:
                _tell({"fault": code, "kept": None, "why": "Dovecot is not here"})
                skipped += 1
                continue
            kept = _one(world, kind, apart=[other.pid for other in others])
            broken += kept is False
            skipped += kept is None
        sent = len(ledger.entries)
    total = Counter({"faults": len(codes), "not_run": skipped, "sent": sent, "broken": broken})
    for other in others:
        total.update(other.wait())
    if total["sent"] < in_all:
        _tell({"offered": total["sent"], "promised": in_all})
        total["broken"] += 1
    _tell({**total, "seconds": round(time.monotonic() - begun, 1)})
    return 1 if total["broken"] else 0


def _one(world: Any, kind: Any, *, apart: list[int]) -> bool | None:
    """Whether what it promised was kept; None: it could not be run here. `apart`: processes of other installations."""
    from faults import oracle
    from faults.effort import processor_seconds
    from faults.fault import BACK_TO_NORMAL, PATIENCE, Notes, NotHere

    begun, used = time.monotonic(), processor_seconds(but=apart)
    notes = Notes(is_busy=world.is_busy)
    before = len(world.ledger.entries)
    try:
        kind().run(world, notes)
    except NotHere as why:
        _tell({"fault": kind.code, "kept": None, "why": str(why)})
        return None
    except Exception as error:  # a fault that fails itself is a promise not shown to hold
        traceback.print_exc()
        notes.broken.append(f"{type(error).__name__}: {error}")
    world.stack.disarm()
    notes.within("back_to_normal_seconds", oracle.quiet_in(PATIENCE), BACK_TO_NORMAL)
    passed = oracle.settle(PATIENCE)
    notes.figure("pauses_passed_over", passed)
    if passed is None:
        notes.broken.append("something is tried again for ever")
    verdict = oracle.judge(world.stack, world.ledger)
    for name, value in asdict(verdict).items():
        if name == "sent":
            notes.figure("sent", value - before)
        else:
            shown = value if isinstance(value, int) else len(value)
            notes.exactly(name, shown, 0)
            if shown and not isinstance(value, int):
                notes.figure(f"{name}_examples", list(value)[:5])
    notes.exactly("invariants", oracle.violations(PATIENCE / 2), [])
    _tell(
        {
            "fault": kind.code,
            "does": (kind.__doc__ or "").strip().splitlines()[0],
            "expected": kind.expected,
            "kept": not notes.broken,
            "broken": notes.broken,
            "measured": notes.figures,
            "seconds": round(time.monotonic() - begun, 1),
            "processor_seconds": round(processor_seconds(but=apart) - used, 1),
        }
    )
    return not notes.broken


def _tell(line: dict[str, object]) -> None:
    with TELLING:
        print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Plain as sentence:
        print(sentence, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
