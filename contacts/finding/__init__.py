"""Finds customers, questions and subjects by whatever was typed."""
