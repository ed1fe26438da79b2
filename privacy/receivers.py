"""What is told on the pages of the desk."""
