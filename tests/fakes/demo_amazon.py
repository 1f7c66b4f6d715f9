"""``make demo ENGINE=amazon``: the demo with drafts from an emulator of Amazon Translate, over real HTTP.

The emulator knows the sentences that people translated and makes up the rest: its words only look like Spanish and
Chinese.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import boto3
from rich.console import Console

from bot.cli import options as shared
from bot.cli import sample_book
from bot.drafting.report import many
from bot.sync.all_languages import sync_languages
from fakes.amazon import Emulator

BUCKET = "amts-demo"
SETTINGS = f"engine: amazon\namazon:\n  bucket: {BUCKET}\n  role: arn:aws:iam::123456789012:role/amts-translate\n"


def main() -> int:
    folder = Path(sys.argv[1]) if sys.argv[1:] else None
    console = Console(highlight=False, soft_wrap=True)
    with Emulator() as aws:
        os.environ.update(aws.environment)
        boto3.client("s3").create_bucket(Bucket=BUCKET)
        console.print(f"An emulator of Amazon Translate answers at {aws.url}.")
        status = sample_book.run(folder, lambda config: sync_languages(shared.composed(config)), console, SETTINGS)
        twice = sum(n > len(sample_book.LANGUAGES) for n in aws.billed_texts.values())
        console.print(
            f"The emulator billed {aws.billed:,} characters in {many(len(aws.jobs), 'job')}; "
            f"{many(twice, 'sentence')} twice in a language."
        )
    return status


if __name__ == "__main__":
    sys.exit(main())
