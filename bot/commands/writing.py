"""Files that a person asked for: written whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from knowledge.errors import InputError


def write_file(path: Path, data: bytes) -> None:
    """The file holds `data`. Raises: `InputError` when it cannot be written; nothing is left."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(data)
        os.replace(partial, path)
    except OSError as error:
        with suppress(OSError):  # where the place is no folder there is nothing to remove
            partial.unlink(missing_ok=True)
        raise InputError(
            f"{path} cannot be written ({error.strerror}); name another place."
        ) from None
