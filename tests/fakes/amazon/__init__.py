"""A stand-in for Amazon Translate that real boto3 talks to over HTTP, with moto's S3, STS and IAM on the same port.

It proves protocol and schema: requests, answers and errors are held against botocore's own description of the
service, signatures are recomputed, life cycles and limits are those of the documentation. It does not prove the
behaviour of the service: what nobody has seen AWS do is marked ``# Guess:``, and its translations only look like some.
"""

from __future__ import annotations

from .clock import Clock
from .faults import Fault
from .server import Emulator

__all__ = ["Clock", "Emulator", "Fault"]
