"""Whether the promises of quality.md §2 hold in the database, read without changing anything (I1–I7; I9 comes from kpi).

I8 (a read-log row per shown page) cannot be seen afterwards: the page is not shown without it.
"""

from contacts.invariants import clocks, post, rows
from contacts.invariants.found import Finding, check_all

__all__ = ["Finding", "check_all", "clocks", "post", "rows"]
