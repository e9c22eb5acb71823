"""One module a kind of result: each judges one case and says why."""
