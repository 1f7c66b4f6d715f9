"""The published comparison on Dive into Deep Learning in Chinese: `amts evaluate` on its five articles, timed.

With ``--engine smt`` on this machine alone; with ``--engine amazon`` through the emulated service of the tests, whose
translations are no such: that shows the way and the bill, no quality. With ``--incremental`` the articles are those of
one chapter, translated one after another.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

import boto3
from git import Repo

from bot.__main__ import main as amts

PUBLISHED = (
    "approx-training",
    "bert-dataset",
    "language-models-and-dataset",
    "machine-translation-and-dataset",
    "sentiment-analysis-and-dataset",
)
CHAPTER = "chapter_natural-language-processing-pretraining"
SERIES = (
    "word2vec",
    "approx-training",
    "word-embedding-dataset",
    "word2vec-pretraining",
    "glove",
    "bert",
    "bert-dataset",
)
BUCKET = "amts-benchmark"
ROLE = "arn:aws:iam::123456789012:role/amts-translate"

_SETTINGS = """\
source:
  repository: en
translations:
  - language: zh
    repository: zh
    baseline: sibling
    terminology:
      file: TERMINOLOGY.md
engine: {engine}
amazon:
  bucket: {bucket}
  role: {role}
"""
_SERVER = """
import sys, json
sys.path.insert(0, sys.argv[1])
from fakes.amazon import Emulator
with Emulator() as aws:
    print(json.dumps(aws.environment), flush=True)
    sys.stdin.readline()
    print(aws.billed, flush=True)
"""


def prepare(bundles: Path, folder: Path, engine: str) -> Path:
    """Both books as repositories, and settings: their path."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("en", "zh"):
        if not (folder / name).is_dir():
            Repo.clone_from(str(bundles / f"d2l-{name}.bundle"), str(folder / name), bare=True).close()
    settings = folder / f"{engine}.yml"
    settings.write_text(_SETTINGS.format(engine=engine, bucket=BUCKET, role=ROLE), encoding="utf-8")
    return settings


@contextmanager
def emulated() -> Iterator[None]:
    """Amazon's services in a process of their own, and what they have billed in the end."""
    tests = Path(__file__).resolve().parent.parent / "tests"
    told = [sys.executable, "-c", _SERVER, str(tests)]
    with subprocess.Popen(told, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin and server.stdout
        os.environ.update(json.loads(server.stdout.readline()))
        boto3.client("s3").create_bucket(Bucket=BUCKET)
        yield
        server.stdin.write("\n")
        server.stdin.flush()
        print(f"the service billed {int(server.stdout.readline()):,} characters")


def main() -> int:
    """Measures; what is printed is the command's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the test material")
    parser.add_argument("--engine", choices=("smt", "amazon"), default="smt")
    parser.add_argument("--incremental", action="store_true", help="articles one after another, with sentence pairs")
    parser.add_argument("--into", type=Path, default=Path("build/evaluation"), help="where all is written")
    options = parser.parse_args()
    bundles = options.data / "d2l"
    if not (bundles / "d2l-zh.bundle").is_file():
        print(f"evaluation: skipped, {bundles} has no books (--data names the folder of the test material)")
        return 0
    settings = prepare(bundles, options.into, options.engine)
    words: Sequence[str] = [f"{name}.md" for name in PUBLISHED]
    out = options.into / options.engine
    more = [w for kind in ("markdown", "json", "csv") for w in (f"--{kind}", f"{out}.{kind}")]
    more += ["--chart", f"{out}.svg"]
    if options.incremental:
        words = [f"{CHAPTER}/{name}.md" for name in SERIES]
        more = ["--incremental", "--arm", f"{options.engine}:sentence", "--markdown", f"{out}-incremental.markdown"]
    begun = time.monotonic()
    with emulated() if options.engine == "amazon" else nullcontext():
        held = [w for name in words for w in ("--hold-out", name)]
        status = amts(["evaluate", "--config", str(settings), "--language", "zh", *held, *more])
    print(f"{time.monotonic() - begun:.0f} s")
    return status


if __name__ == "__main__":
    sys.exit(main())
