"""The limits of Amazon Translate (developer guide, "Guidelines and quotas"; read in November 2026).

They hold for an account and region. Files are cut or refused here before anything is uploaded, since the service
tells only when an import or a job has failed. Some can be raised by AWS; the limits here are the usual ones.
"""

from __future__ import annotations

DOCUMENT_TEXT = 1_000_000
"""Bytes of text to translate in one document of a batch job."""

RUNNING, QUEUED = 10, 1_000
"""Batch jobs that run, and that wait, at the same time."""

PARALLEL_DATA, PARALLEL_DATA_FILE = 1_000, 5 * 1024**3
"""Parallel data resources, and bytes of one input file."""

TERMINOLOGIES = 100
"""Custom terminologies; the size of their files and terms is held where they are written (bot.terminology)."""

BATCH = frozenset(
    """
    ap-northeast-1 ap-northeast-2 ap-south-1 ap-southeast-1 ap-southeast-2 ca-central-1 eu-central-1 eu-north-1
    eu-west-1 eu-west-2 eu-west-3 us-east-1 us-east-2 us-west-1 us-west-2
    """.split()
)
"""Regions with batch jobs (developer guide, asynchronous batch processing; the list may have grown since)."""

CUSTOMISED = ("us-east-1", "us-west-2", "eu-west-1")
"""Regions with parallel data (developer guide, Active Custom Translation; the list may have grown since)."""

FORMALITY = frozenset("de es es-MX fr fr-CA hi it ja ko nl pt-PT".split())
"""Codes of the languages whose formality can be chosen (developer guide, "Setting formality"; read in November 2026,
the two of Spanish from an older copy). The service ignores it for the others."""
