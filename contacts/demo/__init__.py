"""The demo municipality: people, subjects and two years of contacts that look like a town of 12,000; the same for the same date."""
