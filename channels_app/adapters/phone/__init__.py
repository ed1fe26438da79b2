"""The telephone exchange: its events, in its own or in the common form, to facts about a call (pure)."""
