"""`python -m ingest` is `safepolicing ingest`."""

import sys

from ingest.command import main

if __name__ == "__main__":
    sys.exit(main())
