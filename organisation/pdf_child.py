"""The child process that turns HTML into PDF: limits first, no network, nothing but our own static files. Knows no Django."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

CPU_SECONDS: Final = 45
MEMORY_BYTES: Final = 1_500_000_000
MISSING_LIBRARY: Final = 3
"""Exit code: the libraries of the system are not there."""
STATIC: Final = Path(__file__).resolve().parents[1] / "opmeer_kcc" / "static"
TYPES: Final = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}


class Refused(ValueError):
    """An address that is not ours."""


def allowed_path(url: str) -> Path:
    """The static file that `static:…` means; raises `Refused` for anything else."""
    scheme, _colon, rest = url.partition(":")
    if scheme != "static":
        raise Refused(url[:100])
    path = (STATIC / rest.split("?")[0].split("#")[0].lstrip("/")).resolve()
    if not path.is_relative_to(STATIC) or path.suffix not in TYPES or not path.is_file():
        raise Refused(url[:100])
    return path


def _limit() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def render(html: str) -> bytes:
    """The PDF. The libraries of the system are loaded here, since they may be missing."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OurOwn(URLFetcher):  # type: ignore[misc]
        """Static files and pictures inside the page; no address of the outside is opened."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:image/"):
                return super().fetch(url, headers)
            path = allowed_path(url)
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": TYPES[path.suffix]})

    document = HTML(string=html, base_url="static:/", url_fetcher=OurOwn(allowed_protocols=("data",)))
    made: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True, custom_metadata=True)
    return made


def main() -> int:
    _limit()
    html = sys.stdin.buffer.read().decode("utf-8", "replace")
    try:
        import weasyprint  # noqa: F401 - only to see whether its libraries are there
    except (OSError, ImportError):
        return MISSING_LIBRARY
    sys.stdout.buffer.write(render(html))
    return 0


if __name__ == "__main__":
    sys.exit(main())
