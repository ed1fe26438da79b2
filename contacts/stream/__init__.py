"""Live updates: one process of its own holds the open lines of all pages, so that none of them ties up a web worker (ADR 23)."""
