"""script/messages: adds texts that the catalogue lacks and drops those that nobody uses; says what is to be translated."""

import argparse
import os
import sys

from supervisor import install
from supervisor.place import PYTHON, VENV


def main(argv: list[str]) -> int:
    argparse.ArgumentParser(prog="script/messages", description=__doc__).parse_args(argv)
    install.ensure()
    if os.path.realpath(sys.prefix) != os.path.realpath(VENV):
        os.execv(PYTHON, [str(PYTHON), "-P", "-m", "supervisor", "messages", *argv])
    import polib  # type: ignore[import-untyped]

    from supervisor.texts import CATALOGUE, used

    texts = {(text.context or None, text.msgid): text for text in used() if text.msgid}
    catalogue = polib.pofile(str(CATALOGUE), wrapwidth=120)
    dropped = [entry for entry in catalogue if (entry.msgctxt, entry.msgid) not in texts]
    for entry in dropped:
        catalogue.remove(entry)
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue}
    for key, text in texts.items():
        if key in known:
            continue
        entry = polib.POEntry(msgid=text.msgid, msgctxt=text.context or None, msgid_plural=text.plural)
        if text.plural:
            entry.msgstr_plural = {0: "", 1: ""}
        if "%(" in text.msgid:
            entry.flags.append("python-format")
        catalogue.append(entry)
    catalogue.sort(key=lambda entry: (entry.msgid.lower(), entry.msgid))
    catalogue.save(str(CATALOGUE))
    empty = [entry.msgid for entry in catalogue if not entry.translated()]
    print(f"{len(texts) - len(known)} texts added, {len(dropped)} dropped, {len(empty)} to translate.")
    for msgid in empty:
        print(f"  {msgid}")
    return 0
