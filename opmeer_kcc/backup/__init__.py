"""Encrypted backups in a second place, restored and checked every night (docs/operations.md "Backup and restore")."""
