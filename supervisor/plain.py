"""An error that a person can act on: one plain sentence, no stack trace."""


class Plain(Exception):
    """Shown as it is; the command ends with 1."""
