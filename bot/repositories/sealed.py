"""The environment in which git runs."""

from __future__ import annotations

import os

SEALED = {
    "GIT_OPTIONAL_LOCKS": "0",  # `git status` would rewrite people's index
    "GIT_CONFIG_COUNT": "2",
    "GIT_CONFIG_KEY_0": "core.hooksPath",
    "GIT_CONFIG_VALUE_0": os.devnull,
    "GIT_CONFIG_KEY_1": "core.fsmonitor",
    "GIT_CONFIG_VALUE_1": "false",
}
"""Keeps git from running programs that a repository or its user configured."""
