"""The programme as it is steered: the house, its projects, goals, money, risks and decisions."""

from programme.models.decisions import Decision
from programme.models.goals import Goal, GoalTarget
from programme.models.house import Condition, Pillar, Programme
from programme.models.money import BudgetLine, MoneyEntry
from programme.models.projects import Dependency, Light, Milestone, Project
from programme.models.risks import Risk
from programme.models.rounds import IssuedStatusReport, StatusReportFile, StatusReportJob, StatusRound, StatusUpdate

__all__ = [
    "BudgetLine",
    "Condition",
    "Decision",
    "Dependency",
    "Goal",
    "GoalTarget",
    "IssuedStatusReport",
    "Light",
    "Milestone",
    "MoneyEntry",
    "Pillar",
    "Programme",
    "Project",
    "Risk",
    "StatusReportFile",
    "StatusReportJob",
    "StatusRound",
    "StatusUpdate",
]
