"""script/bench: a large municipality loaded in SQL, the application as in production, and a small client that checks the answers."""
