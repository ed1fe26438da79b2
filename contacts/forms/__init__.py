"""What people type, judged before it reaches an action."""
