"""What a bare Django on this machine does with the same rows: the limit that our own pages are held against (performance.md §4)."""
