"""Names and contents that only whoever has the key can read or even recognize.

All keys derive from one, each for its own use: whoever has what stands in the database, and not
the key, learns neither a word nor a person from it.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12  # bytes
_NAMES = b"safepolicing shelf: names, 1"
_CONTENTS = b"safepolicing shelf: contents, 1\0"


class Seals:
    """Made of a secret of 32 bytes or more, the same on every replica."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._names = _derived(secret, _NAMES)

    def name(self, *parts: str) -> str:
        """The same for the same parts, and no way back to them without the secret."""
        told = "\0".join(parts).encode("utf-8", "surrogatepass")
        return hmac.new(self._names, told, hashlib.sha256).hexdigest()

    def seal(self, label: str, content: bytes) -> bytes:
        """`content`, readable again under the same `label` only; every label has its own key."""
        nonce = os.urandom(NONCE)
        return nonce + self._cipher(label).encrypt(nonce, zlib.compress(content, 1), None)

    def open(self, label: str, sealed: bytes) -> bytes | None:
        """What was sealed under `label`; None for anything else, and for what was tampered with."""
        from cryptography.exceptions import InvalidTag

        try:
            packed = self._cipher(label).decrypt(sealed[:NONCE], sealed[NONCE:], None)
        except (InvalidTag, ValueError):
            return None
        return zlib.decompress(packed)

    def _cipher(self, label: str) -> AESGCM:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        told = label.encode("utf-8", "surrogatepass")
        return AESGCM(_derived(self._secret, _CONTENTS + told))


def _derived(secret: bytes, use: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=32, salt=None, info=use).derive(secret)
