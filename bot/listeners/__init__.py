"""One module for each kind of thing that Slack delivers; each has `register(app, desk)`."""
