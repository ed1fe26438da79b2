"""The project: settings, addresses and the one table of ticks."""
