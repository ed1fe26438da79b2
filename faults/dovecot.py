"""A real Dovecot on a free loopback port, in a folder of its own, as root or as an ordinary user."""

from __future__ import annotations

import getpass
import grp
import imaplib
import os
import pwd
import shutil
import signal
import subprocess
import time
from contextlib import nullcontext
from pathlib import Path

from supervisor import ports

BINARY = shutil.which("dovecot") or ("/usr/sbin/dovecot" if Path("/usr/sbin/dovecot").exists() else None)
USER, PASSWORD = "servicecentrum@opmeer.example", "geheim-123"


class Dovecot:
    """Started with `start()`; stopped by its own process id."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = ports.free()
        self._process: subprocess.Popen[bytes] | None = None
        self._refused = folder / "refused"

    def start(self) -> None:
        is_root = os.geteuid() == 0
        owner = pwd.getpwnam("nobody") if is_root else pwd.getpwuid(os.getuid())
        group = grp.getgrgid(owner.pw_gid).gr_name
        run, mail = self.folder / "run", self.folder / "mail"
        for place in (run, mail):
            place.mkdir(parents=True, exist_ok=True)
        if is_root:
            for place in (self.folder, mail):
                os.chown(place, owner.pw_uid, owner.pw_gid)
                place.chmod(0o755)
        self._refused.write_text("")
        me = getpass.getuser()
        internal = owner.pw_name if is_root else me
        config = self.folder / "dovecot.conf"
        config.write_text(
            f"""
protocols = imap
listen = 127.0.0.1
base_dir = {run}
state_dir = {run}
log_path = {self.folder}/dovecot.log
ssl = no
disable_plaintext_auth = no
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {internal}
mail_location = maildir:{mail}/%u
first_valid_uid = 1
mail_uid = {owner.pw_name}
mail_gid = {group}
auth_mechanisms = plain login xoauth2
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {self._refused}
  deny = yes
}}
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={owner.pw_name} gid={group} home={mail}/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {self.port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
auth_failure_delay = 0
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Gedaan {{
    auto = create
  }}
}}
"""
        )
        assert BINARY is not None
        self._process = subprocess.Popen(
            [BINARY, "-F", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._until(is_open=True)

    def _until(self, *, is_open: bool) -> None:
        """It looks at its files once a second."""
        until = time.monotonic() + 10
        while time.monotonic() < until:
            try:
                with self.client():
                    was_open = True
            except (OSError, imaplib.IMAP4.error):
                was_open = False
            if was_open == is_open:
                return
            time.sleep(0.05)
        log = self.folder / "dovecot.log"
        raise RuntimeError(log.read_text()[-2000:] if log.exists() else "dovecot does not answer")

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(timeout=10)

    def refuse_login(self) -> None:
        """The password is right, and nobody gets in."""
        self._refused.write_text(f"{USER}:\n")
        self._until(is_open=False)

    def let_in(self) -> None:
        self._refused.write_text("")
        self._until(is_open=True)

    def client(self) -> imaplib.IMAP4:
        """Signed in, without a folder."""
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        client.login(USER, PASSWORD)
        return client

    def put(self, *messages: bytes, folder: str = "INBOX", by: imaplib.IMAP4 | None = None) -> None:
        """`by` a client that is signed in already, as when nobody is let in any more."""
        with self.client() if by is None else nullcontext(by) as client:
            for raw in messages:
                assert client.append(folder, "", None, raw)[0] == "OK"  # type: ignore[arg-type]

    def subjects(self, folder: str = "INBOX") -> list[str]:
        """What lies in the folder, by Message-ID."""
        with self.client() as client:
            if not int(client.select(folder, readonly=True)[1][0] or 0):
                return []
            _kind, data = client.fetch("1:*", "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
            return [bytes(item[1]).decode().partition(":")[2].strip() for item in data if isinstance(item, tuple)]

    def renumber(self) -> None:
        """Recreates the numbering: the same messages under a new UIDVALIDITY and new UIDs.

        Dovecot takes the second of creation as UIDVALIDITY, so the second of the old numbering must be over.
        """
        time.sleep(2.1)
        for box in (self.folder / "mail").iterdir():
            for name in box.glob("dovecot*"):
                name.unlink()
            uidlist = box / "dovecot-uidlist"
            assert not uidlist.exists()
