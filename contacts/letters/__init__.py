"""Letters that come and go: scans that wait, the window of the envelope, the text."""
