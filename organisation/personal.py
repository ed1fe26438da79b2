"""What the tables of the organisation keep of persons (read by privacy/columns.py): a list of table and what stands in it.

Here the persons are employees: they are no customers, and who signed for what must stay known.
"""

_EMPLOYEES = {"is_searched": False, "why": "employees, not customers"}
_LOG = {"is_searched": False, "why": "append-only: typed reasons go through privacy_words_from_logs (ADR 24)"}
_FRAMEWORK = {"is_searched": False, "why": "of the framework: sign-in of employees, codes"}

TABLES: list[tuple[str, dict[str, object]]] = [
    ("organisation_accessentry", _LOG),
    ("organisation_auditentry", _LOG),
    *(
        (f"organisation_{name}", _EMPLOYEES)
        for name in ["user", "membership", "rolerequest", "presence", "team", "municipality", "heartbeat"]
    ),
    *(
        (f"organisation_{name}", {"is_searched": False, "why": "settings"})
        for name in ["subject", "workingcalendar", "calendarday", "calendarhours"]
    ),
    *(
        (name, _FRAMEWORK)
        for name in [
            "auth_group",
            "auth_permission",
            "axes_accessattempt",
            "axes_accessfailurelog",
            "axes_accesslog",
            "django_content_type",
            "django_migrations",
            "django_session",
            "otp_static_staticdevice",
            "otp_static_statictoken",
            "otp_totp_totpdevice",
        ]
    ),
]
