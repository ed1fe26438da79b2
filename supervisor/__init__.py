"""Starts, watches and stops the processes of one machine. Needs nothing but Python's own library until it has installed the rest."""
