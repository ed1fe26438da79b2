"""Text messages (SMS) by the gateway of a provider (docs/sms.md)."""
