"""What kpi keeps: figures that can be rebuilt, and what people made of them."""

from kpi.models.agreements import AgreementReview, TeamAgreement
from kpi.models.figures import ChangedDay, DailyFigure, MonthlyFigure, RollupState
from kpi.models.reports import IssuedReport, ReportFile, ReportJob, ReportSchedule, ScheduleRun
from kpi.models.signals import Signal, SignalState
from kpi.models.views import FiguresView
from kpi.models.wall import WallLink

__all__ = [
    "AgreementReview",
    "ChangedDay",
    "DailyFigure",
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
