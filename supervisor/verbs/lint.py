"""script/lint: style, format, types, import contracts, migrations, templates and the deploy check."""

import os

from supervisor import install, lint


def main(argv: list[str]) -> int:
    install.ensure(dev=True)
    return 0 if lint.report(lint.run(lint.environment(dict(os.environ)))) else 1
