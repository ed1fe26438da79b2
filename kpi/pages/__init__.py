"""What the screens with figures show, as frozen values; templates run no query."""
