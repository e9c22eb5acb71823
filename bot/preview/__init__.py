"""What the messages look like: examples of every kind, rendered for a browser on this machine."""
