"""Django's PostgreSQL, which sees that a connection was closed without asking the database (ADR 19)."""
