"""What the tables of the figures keep of persons (read by privacy/columns.py): a list of table and what stands in it."""

_COUNTS = {"is_searched": False, "why": "counts"}
_ISSUED = {"is_searched": False, "why": "counts and names of teams, as issued; it holds no customers and never changes"}

TABLES: list[tuple[str, dict[str, object]]] = [
    *((f"kpi_{name}", _COUNTS) for name in ("dailyfigure", "monthlyfigure", "rollupstate", "digeststate")),
    *((f"kpi_{name}", _ISSUED) for name in ("issuedreport", "reportfile", "agreementreview")),
    *((f"kpi_{name}", {}) for name in ("figuresview", "signal", "teamagreement", "reportjob", "reportschedule")),
    ("kpi_walllink", {"codes": ("token_hash", "token_hint")}),
]
