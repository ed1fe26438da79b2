"""Figures for other systems: aggregates only."""
