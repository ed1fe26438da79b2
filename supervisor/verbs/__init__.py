"""One file per script under script/."""
