"""The status report: the facts of a day, what changed between two, and the pages made of them."""
