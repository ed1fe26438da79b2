"""What kpi keeps: figures that can be rebuilt, and what people made of them."""

from kpi.models.figures import ChangedDay, DailyFigure, RollupState
from kpi.models.signals import DigestChoice, Signal, SignalState
from kpi.models.wall import WallLink

__all__ = ["ChangedDay", "DailyFigure", "DigestChoice", "RollupState", "Signal", "SignalState", "WallLink"]
