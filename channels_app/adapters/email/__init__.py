"""E-mail as bytes to facts: pure, defensive, without Django; runs in a child process with limits (`sandbox`)."""
