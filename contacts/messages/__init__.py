"""Messages of services and talks: whose they are, and which question they belong to."""
