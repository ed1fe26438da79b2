"""Programs of Debian that some tests need; installed where we may, otherwise said."""

import os
import shutil
import subprocess
import sys

WANTED = {"chromium": "chromium", "dovecot": "dovecot-imapd", "docker-compose": "docker-compose"}
"""Program → package."""
ELSEWHERE = "/usr/sbin:/usr/local/sbin:/sbin"


def path_with_sbin() -> str:
    return f"{os.environ.get('PATH', '')}:{ELSEWHERE}"


def missing() -> list[str]:
    return [program for program in WANTED if not shutil.which(program, path=path_with_sbin())]


def install() -> list[str]:
    """Installs what is missing when we are root on a Debian; returns what is still missing."""
    lacking = missing()
    if not lacking or os.geteuid() != 0 or not shutil.which("apt-get"):
        return lacking
    packages = [WANTED[program] for program in lacking]
    print(f"Installing {', '.join(packages)} …", file=sys.stderr, flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    get = ["apt-get", "-qq", "-o", "Acquire::Retries=2", "-o", "DPkg::Lock::Timeout=120"]
    subprocess.run([*get, "update"], env=env, capture_output=True, check=False)
    for package in packages:  # one by one: a package that cannot be had does not stop the others
        command = [*get, "install", "-y", "--no-install-recommends", package]
        done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{package} could not be installed: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
    return missing()
