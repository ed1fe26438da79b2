"""Breaks a whole installation on purpose and counts what it lost (quality.md §2); `script/faults` runs it, docs/faults.md has the figures."""
