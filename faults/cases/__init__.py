"""One module per kind of fault; each fault is a class."""
