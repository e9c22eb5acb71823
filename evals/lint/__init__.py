"""Whether the gold sets can be trusted: shape, repeats, leaks, balance. Nothing is measured."""
