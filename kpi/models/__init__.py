"""What kpi keeps: figures that can be rebuilt, and what people made of them."""

from kpi.models.agreements import AgreementReview, TeamAgreement
from kpi.models.figures import ChangedDay, DailyFigure, MonthlyFigure, RollupState
from kpi.models.reports import IssuedReport, ReportFile, ReportJob, ReportSchedule, ScheduleRun
from kpi.models.signals import DigestState, Signal, SignalState
from kpi.models.views import FiguresView
from kpi.models.wall import WallLink

__all__ = [
    "AgreementReview",
    "ChangedDay",
    "DailyFigure",
    "DigestState",
    "FiguresView",
    "IssuedReport",
    "MonthlyFigure",
    "ReportFile",
    "ReportJob",
    "ReportSchedule",
    "RollupState",
    "ScheduleRun",
    "Signal",
    "SignalState",
    "TeamAgreement",
    "WallLink",
]
