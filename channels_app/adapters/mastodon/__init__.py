"""Mastodon: mentions and direct messages, by the API of the server where our account is."""
