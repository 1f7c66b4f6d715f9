"""The workflow files that `amts init --workflow` writes: those of ``examples/workflows``, fitted to the settings."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal

from bot.errors import AmtsError
from bot.setup.shipped import shipped

Role = Literal["shared", "push", "pull"]
"""What the repository of the settings is: English and translations, English alone, or one translation."""

FOLDER = ".github/workflows"
"""Where GitHub looks for workflows."""

NEEDS: dict[Role, tuple[str, ...]] = {
    "shared": ('on GitHub, in Settings, Actions, General: "Allow GitHub Actions to create and approve pull requests"',),
    "pull": ('on GitHub, in Settings, Actions, General: "Allow GitHub Actions to create and approve pull requests"',),
    "push": (
        "a GitHub App that may write contents, pull requests and commit statuses, installed on the translations",
        "its id as the variable AMTS_APP_ID of this repository",
        "in Settings, Environments: the environment amts, for the default branch only, with the secret "
        "AMTS_APP_PRIVATE_KEY, the private key of that App",
    ),
}
"""What else is left to do by hand."""

_FILES: dict[Role, tuple[str, ...]] = {
    "shared": ("shared.yml", "retranslate.yml"),
    "push": ("push.yml",),
    "pull": ("pull.yml", "retranslate.yml"),
}

_STEP = re.compile(r"      - (?:.*\n)(?:        .*\n)*")


def role(source: str, translations: Collection[str], here: str) -> Role:
    """The role of the repository at the address ``here``, in which the settings are.

    Raises AmtsError if it is none of the book: a workflow reads the settings beside it.
    """
    if here == source:
        return "shared" if here in translations else "push"
    if here in translations:
        return "pull"
    raise AmtsError(
        "no workflow can be written here",
        why="a workflow needs amts.yml in its own repository, and this folder is neither English nor a translation",
        fix="run `amts init --workflow` in the folder of one of them, or leave --workflow out",
    )


def files(kind: Role, branch: str) -> dict[str, str]:
    """Path → text of each workflow; ``branch`` is the default branch of its repository."""
    return {f"{FOLDER}/amts-{name}": _fitted(name, branch) for name in _FILES[kind]}


def _fitted(name: str, branch: str) -> str:
    """An example for the engine that needs no account: without the steps for Amazon."""
    text = (shipped("workflows") / name).read_text(encoding="utf-8")
    text = _STEP.sub(lambda m: "" if "aws-actions/" in m[0] else m[0], text)
    text = re.sub(r"\n {6}id-token: .*", "", text)
    text = text.replace(", drafted by Amazon Translate.", ".")
    text = re.sub(r"\n#   a role at Amazon .*", "", text)
    text = text.replace("110   # below the life of the credentials", "30")
    text = re.sub(r"(?m)^(#   amts\.yml.*), such as examples/settings/\w+\.yml", r"\1", text)
    text = re.sub(r"(?m)^(# Needed beside this file: amts\.yml), such as .*", r"\1", text)
    text = text.replace("for the branch main only", f"for the branch {branch} only")
    return text.replace("branches: [main]", f"branches: [{branch}]")
