"""Page objects: everything a screen shows, frozen, made by the views; templates run no query."""
