"""nginx before the web servers, as docs/operations.md asks for a proxy; only where it is installed."""

from __future__ import annotations

import shutil
import signal
import subprocess
from pathlib import Path

from supervisor import children, ports

BINARY = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else None)


class Nginx:
    """Buffers requests and answers, so that a slow client holds no process of ours."""

    def __init__(self, folder: Path, upstream: list[int]) -> None:
        self.folder = folder
        self.upstream = upstream
        self.port = ports.free()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        assert BINARY is not None
        self.folder.mkdir()
        config = self.folder / "nginx.conf"
        servers = "".join(f"server 127.0.0.1:{port};" for port in self.upstream)
        paths = "".join(f"{kind}_temp_path {self.folder}/{kind};" for kind in ("proxy", "fastcgi", "uwsgi", "scgi"))
        config.write_text(
            f"""
daemon off; master_process off; pid {self.folder}/pid; error_log {self.folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; client_body_temp_path {self.folder}/body; {paths}
  client_max_body_size 36m;
  upstream site {{ {servers} }}
  server {{
    listen 127.0.0.1:{self.port};
    location / {{
      proxy_pass http://site;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto $scheme;
    }}
  }}
}}
"""
        )
        command = [BINARY, "-p", str(self.folder), "-c", str(config), "-e", f"{self.folder}/error.log"]
        self._process = children.start(command, env={"PATH": "/usr/bin:/bin"}, log=self.folder / "out.log")

    def stop(self) -> None:
        if self._process is not None:
            children.stop(self._process, by=signal.SIGTERM)
