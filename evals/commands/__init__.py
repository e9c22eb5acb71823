"""One module a sub-command, each with `run(arguments) -> exit status`."""
