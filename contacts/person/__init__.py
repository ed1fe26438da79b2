"""What we keep about one person, for who asks (AVG article 15)."""
