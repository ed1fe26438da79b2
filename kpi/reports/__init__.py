"""Reports: what they hold, and the files made of them."""
