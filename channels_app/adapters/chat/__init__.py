"""A chat that the municipality bought elsewhere (docs/chat.md)."""
