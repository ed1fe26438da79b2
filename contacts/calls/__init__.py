"""Calls of the exchange as the desk meets them: whose they are, and who was not spoken to."""
