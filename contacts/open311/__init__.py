"""Open311 GeoReport v2: the key of a caller and the shapes of the answers."""
