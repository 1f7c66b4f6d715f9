"""Checks access to GitHub: which credentials there are, what they may read, and where they may write."""

from __future__ import annotations

from collections.abc import Iterator

from bot.errors import AmtsError
from bot.findings import Finding
from bot.settings.values import ADDRESS
from bot.sync.composition import Composition


def examine(site: Composition, unreachable: set[str]) -> Iterator[Finding]:
    """English must be readable, translations writable; addresses that cannot be read are added to ``unreachable``."""
    given = site.credentials
    if given.app:
        yield Finding("credentials", "good", f"GitHub App {given.app.id}")
    elif given.token:
        yield Finding("credentials", "good", "a token from the environment")
    else:
        fix = "set AMTS_TOKEN, or AMTS_APP_ID and AMTS_APP_PRIVATE_KEY (docs/action.md)"
        yield Finding("credentials", "doubtful", "none: only public repositories can be read, none written", fix)
    settings = site.settings
    written = {t.repository: t.language for t in settings.translations}
    for address in dict.fromkeys((settings.source.repository, *written)):
        hosted = ADDRESS.fullmatch(address)
        if hosted is None:
            continue
        repository = site.access.repository(hosted[1])
        try:
            branch = repository.hub.default_branch
        except AmtsError as error:
            unreachable.add(address)
            yield Finding(address, "bad", f"it cannot be read: {error.why}", error.fix)
            continue
        if address not in written:
            yield Finding(address, "good", f"can be read; its default branch is {branch}")
            continue
        try:
            repository.check_writable()
        except AmtsError as error:
            yield Finding(address, "bad", f"it can be read, but not written: {error.why}", error.fix)
        else:
            yield Finding(address, "good", "can be read, and nothing says that it cannot be written")
