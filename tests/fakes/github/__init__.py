"""A stand-in for GitHub that real PyGithub and real git talk to over HTTP, without a network.

It proves protocol and schema: requests, answers and webhooks are held against GitHub's own description of them, pushes
and fetches are git's own, tokens and roles are looked at. It does not prove GitHub's behaviour: what nobody has seen
GitHub do is marked ``# Guess:``.
"""

from __future__ import annotations

from .access import App
from .core import Request
from .faults import Fault
from .hub import GitHub

__all__ = ["App", "Fault", "GitHub", "Request"]
