"""What the tables of the programme keep of persons (read by privacy/columns.py): a list of table and what stands in it."""

_WORK = {"is_searched": False, "why": "plans, money and states of projects; it holds no customers"}

TABLES: list[tuple[str, dict[str, object]]] = [
    (f"programme_{name}", _WORK)
    for name in [
        "budgetline",
        "condition",
        "decision",
        "dependency",
        "goal",
        "goaltarget",
        "issuedstatusreport",
        "milestone",
        "moneyentry",
        "pillar",
        "programme",
        "project",
        "risk",
        "statusreportfile",
        "statusreportjob",
        "statusround",
        "statusupdate",
    ]
]
