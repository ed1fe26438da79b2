"""Facebook and Instagram: messages and what people write below posts, by Meta's Graph API."""
