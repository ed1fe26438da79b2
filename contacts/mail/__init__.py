"""What an e-mail asks of the desk: who wrote it, which question it speaks of, what is done with it."""
