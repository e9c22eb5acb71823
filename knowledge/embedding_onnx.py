"""The same model for questions, without torch: exported once at ingest, read by onnxruntime.

The weights lie beside the graph as external data, so they are memory-mapped: a question
starts in a fraction of a second and shares the pages with every other process.
"""

from __future__ import annotations

import json
import os
import shutil
import warnings
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.model_files import ModelFiles

EXPORT = "1"  # raised when the export changes, so that older ones are made anew
PARITY = 0.9999  # least cosine between the two forms of the model, on the sentences below
BATCH = 16
_PROBES = (
    "Chokeholds are prohibited except where deadly force is allowed by law.",
    "Who certifies us?",
    "The credentialing body confirms " + "that the policy adheres to all applicable laws, " * 40,
)


class OnnxEmbedder:
    """An exported model behind onnxruntime. Opens its session at the first text.

    Many texts are read in batches side by side, one thread a processor and each batch in one
    thread: threads that share a batch wait for each other, and burn the time of everything else.
    """

    def __init__(self, files: ModelFiles, folder: Path) -> None:
        self.model = files.name
        self.limit = files.limit
        self._tokenizer = open_tokenizer(folder / "tokenizer.json")
        self._graph = folder / "model.onnx"
        self._session: Any = None

    def count(self, text: str) -> int:
        """Tokens of the whole text, with the model's own marks at both ends."""
        return count_tokens(self._tokenizer, text)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row a text, in order; what exceeds the limit is not read."""
        batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
        if not batches:
            return np.zeros((0, 0), dtype=np.float32)
        if self._session is None:
            self._session = _open_session(self._graph)
        if len(batches) == 1:
            return self._embed(batches[0])
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as threads:
            return np.concatenate(list(threads.map(self._embed, batches)))

    def _embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [self._tokens(text) for text in texts]
        width = max(map(len, rows))
        ids = np.zeros((len(rows), width), dtype=np.int64)
        mask = np.zeros((len(rows), width), dtype=np.int64)
        for number, row in enumerate(rows):
            ids[number, : len(row)] = row
            mask[number, : len(row)] = 1
        out = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return np.asarray(out, dtype=np.float32)

    def _tokens(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text).ids
        return ids if len(ids) <= self.limit else [*ids[: self.limit - 1], ids[-1]]


def open_tokenizer(path: Path) -> Any:
    """The fast tokenizer, told to cut and pad nothing by itself."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def count_tokens(tokenizer: Any, text: str) -> int:
    """Tokens of the text, with the model's own marks at both ends."""
    return len(tokenizer.encode(text).ids)


def exported(files: ModelFiles, home: Path) -> Path | None:
    """The folder of this model's export under `home`, if there is a complete one."""
    folder = _folder(files, home)
    return folder if (folder / "export.json").is_file() else None


def export(files: ModelFiles, home: Path, module: Any) -> Path | None:
    """The folder of an export that agrees with `module`, or None where none could be made.

    `module` is the loaded sentence-transformers model. A failed export costs speed, not
    truth: questions then go through the original.
    """
    done = exported(files, home)
    if done is not None:
        return done
    final = _folder(files, home)
    partial = final.with_name(f"{final.name}.{os.getpid()}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        _write(files, partial, module)
        if _disagrees(files, partial, module):
            return None
        (partial / "export.json").write_text(json.dumps({"model": files.name}), encoding="utf-8")
        shutil.rmtree(final, ignore_errors=True)
        partial.rename(final)
    except (RuntimeError, ValueError, TypeError, ImportError, OSError):
        return None
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return final


def _folder(files: ModelFiles, home: Path) -> Path:
    return home / "models" / f"{files.fingerprint}-{EXPORT}"


def _open_session(graph: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1  # see OnnxEmbedder
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def _disagrees(files: ModelFiles, folder: Path, module: Any) -> bool:
    ours = OnnxEmbedder(files, folder).embed(_PROBES)
    theirs = module.encode(list(_PROBES), normalize_embeddings=True, show_progress_bar=False)
    return bool((ours * theirs).sum(axis=1).min() < PARITY)


def _write(files: ModelFiles, folder: Path, module: Any) -> None:
    import onnx
    import torch

    class Unit(torch.nn.Module):
        def __init__(self, model: Any) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            out = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
            return torch.nn.functional.normalize(out["sentence_embedding"], p=2, dim=1)

    sample = (torch.ones(2, 8, dtype=torch.long), torch.ones(2, 8, dtype=torch.long))
    shape = {0: "batch", 1: "tokens"}
    inline = folder / "inline.onnx"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracing exporter announces its successor
        torch.onnx.export(
            Unit(module).eval(), sample, str(inline), dynamo=False, opset_version=17,
            input_names=["input_ids", "attention_mask"], output_names=["vector"],
            dynamic_axes={"input_ids": shape, "attention_mask": shape},
        )  # fmt: skip
    graph = onnx.load(str(inline))
    inline.unlink()
    onnx.save_model(
        graph, str(folder / "model.onnx"), save_as_external_data=True,
        all_tensors_to_one_file=True, location="model.onnx.data",
    )  # fmt: skip
    shutil.copyfile(files.tokenizer, folder / "tokenizer.json")
