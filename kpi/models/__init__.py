"""What kpi keeps: figures that can be rebuilt, and what people made of them."""

from kpi.models.figures import ChangedDay, DailyFigure, RollupState
from kpi.models.signals import Signal, SignalState

__all__ = ["ChangedDay", "DailyFigure", "RollupState", "Signal", "SignalState"]
