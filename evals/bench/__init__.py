"""Public benchmarks by path. They are run where they lie; nothing of them is kept here."""
