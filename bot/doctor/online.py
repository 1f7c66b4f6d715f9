"""Checks access to GitHub: which credentials there are, what they may read, and where they may write."""

from __future__ import annotations

from collections.abc import Iterator

from bot.errors import AmtsError, Unreachable
from bot.findings import Finding
from bot.settings.fields import ADDRESS
from bot.sync.composition import Composition


def examine(site: Composition, unreachable: set[str]) -> Iterator[Finding]:
    """English must be readable, translations writable; addresses that cannot be read are added to ``unreachable``.

    What would fail for all of them in the same way is tried, and shown, once.
    """
    given = site.credentials
    if given.app:
        yield Finding("credentials", "good", f"GitHub App {given.app.id}")
    elif given.token:
        yield Finding("credentials", "good", "a token from the environment")
    else:
        fix = "set AMTS_TOKEN, or AMTS_APP_ID and AMTS_APP_PRIVATE_KEY (docs/action.md)"
        yield Finding("credentials", "doubtful", "none: only public repositories can be read, none written", fix)
    settings = site.settings
    used: dict[str, list[str]] = {}
    if ADDRESS.fullmatch(settings.source.repository):
        used[settings.source.repository] = ["English"]
    written = {t.repository for t in settings.translations}
    for one in settings.translations:
        if ADDRESS.fullmatch(one.repository):
            used.setdefault(one.repository, []).append(one.language)
    reported: list[str] = []
    for address in used:
        repository = site.access.repository(_name(address))
        try:
            branch = repository.hub.default_branch
        except Unreachable as error:
            # The others would fail too, each after some time.
            rest = [other for other in used if other not in unreachable]
            unreachable.update(rest)
            what = ", ".join(name for other in rest for name in used[other])
            yield Finding(what, "bad", f"{error.what}: {error.why}", error.fix)
            return
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
            reported.append(address)
    yield from _statuses(site, reported)


def _statuses(site: Composition, addresses: list[str]) -> Iterator[Finding]:
    """Whether the bot may report on the commits of its pull requests in these repositories."""
    what, holder = "commit statuses", site.credentials.holder
    may = {address: site.access.repository(_name(address)).reports() for address in addresses}
    if refused := [address for address, found in may.items() if found is False]:
        places = ", ".join(refused)
        detail = f"{holder} may not write them in {places}: a sync works, but reports nothing on its commits"
        fix = "give it the scope repo"
        if site.credentials.app:
            fix = "give the App Commit statuses: write in its settings, and accept that where it is installed"
        yield Finding(what, "doubtful", detail, fix)
    elif None in may.values():
        detail = f"GitHub does not say before a run whether {holder} may write them; it needs Commit statuses: write"
        yield Finding(what, "good", detail)
    elif may:
        yield Finding(what, "good", f"{holder} may write them")


def _name(address: str) -> str:
    """``owner/name`` of an address on GitHub."""
    found = ADDRESS.fullmatch(address)
    return found[1] if found else ""
