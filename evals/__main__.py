"""`python -m evals`: the same as `make evals` when no more is said."""

from evals.cli import main

raise SystemExit(main())
