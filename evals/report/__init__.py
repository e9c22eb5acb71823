"""A run for people: a page and a summary."""
