"""What the post room tells whoever listens above it."""

from django.dispatch import Signal

outbound_settled = Signal()
"""Sent with `message` (OutboundMessage) inside the transaction that marks it sent, failed or held."""
