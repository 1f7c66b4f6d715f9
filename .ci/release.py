#!/usr/bin/env python3
"""The steps of a release that change text or git; the workflow ``release`` has their order, and all that is published.

    .ci/release.py prepare VERSION              writes the version and the date wherever they belong; to be merged
    .ci/release.py check VERSION                refuses what is not prepared, or is released already
    .ci/release.py commit VERSION NAME@DIGEST   makes the release commit, on which the action runs that image; tags it
    .ci/release.py notes VERSION                prints the section of the changelog, and the line that pins the release

It needs git and Python's standard library: the release installs nothing where it may write.
"""

from __future__ import annotations

import argparse
import datetime
import os
import re
import subprocess
import sys
from pathlib import Path

ACTION = Path("action.yml")
CHANGELOG = Path("CHANGELOG.md")
MODULE = Path("bot/__init__.py")
BUILT = "  image: Dockerfile\n"
"""How action.yml names the image on main, where ``uses: ./`` builds it."""

VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
IMAGE = re.compile(r"[a-z0-9.-]+(:\d+)?(/[a-z0-9._-]+)+@sha256:[0-9a-f]{64}")

ROBOT = ("github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com")
"""The account of GITHUB_TOKEN (GitHub's own number)."""


class Refused(Exception):
    """Why there is no release; shown without a traceback."""


def prepare(version: str) -> None:
    today = datetime.datetime.now(datetime.UTC).date()
    log = CHANGELOG.read_text(encoding="utf-8")
    if f"\n## [{version}]" not in log:
        log = log.replace("\n## [Unreleased]\n", f"\n## [Unreleased]\n\n## [{version}] - {today}\n", 1)
        CHANGELOG.write_text(log, encoding="utf-8")
    module = MODULE.read_text(encoding="utf-8")
    MODULE.write_text(re.sub(r'(?m)^__version__ = ".*"$', f'__version__ = "{version}"', module), encoding="utf-8")
    for path in _naming_files():
        path.write_text(_naming(path.read_text(encoding="utf-8"), version), encoding="utf-8")


def check(version: str) -> None:
    if f'__version__ = "{version}"' not in MODULE.read_text(encoding="utf-8"):
        raise Refused(f"{MODULE} has another version; merge what `.ci/release.py prepare {version}` writes")
    if not _section(version).strip():
        raise Refused(f"{CHANGELOG} has no section [{version}] with a text")
    for path in _naming_files():
        text = path.read_text(encoding="utf-8")
        if _naming(text, version) != text:
            raise Refused(f"{path} names another release; merge what `.ci/release.py prepare {version}` writes")
    if ACTION.read_text(encoding="utf-8").count(BUILT) != 1:
        raise Refused(f"{ACTION} does not have the line `{BUILT.strip()}` once")
    if _git("ls-remote", "--tags", "origin", f"refs/tags/v{version}"):
        raise Refused(f"v{version} is released already; a release never changes, so take the next version")


def commit(version: str, image: str) -> str:
    """Makes the commit with its tags ``vVERSION`` and ``vMAJOR``, and returns its id.

    The same image on the same commit makes the same release commit, tag included: a job that is run again changes
    nothing, and anybody can make it again to compare.
    """
    if not IMAGE.fullmatch(image):
        raise Refused(f"{image!r} is not NAME@sha256:DIGEST")
    text = ACTION.read_text(encoding="utf-8")
    if text.count(BUILT) != 1:
        raise Refused(f"{ACTION} does not have the line `{BUILT.strip()}` once")
    ACTION.write_text(text.replace(BUILT, f"  image: docker://{image}\n"), encoding="utf-8")
    _git("commit", "--quiet", "--message", f"Release {version}", "--", str(ACTION))
    _git("tag", "--force", "--annotate", "--message", f"AMTS {version}", f"v{version}")
    # No annotation: this one moves.
    _git("tag", "--force", _major(version))
    return _git("rev-parse", "HEAD")


def notes(version: str) -> str:
    found = _git("rev-parse", f"v{version}^{{commit}}")
    image = re.search(r"image: docker://(\S+)", _git("show", f"{found}:{ACTION}"))
    assert image
    repository = os.environ.get("GITHUB_REPOSITORY", "amts-bot/amts")
    return f"""{_section(version).strip()}

### Pin it

```yaml
- uses: {repository}@{found} # v{version}
```

That commit runs the image `{image[1]}`, which is not built again. Where it comes from:

```sh
gh attestation verify oci://{image[1]} --repo {repository}
```
"""


def _naming_files() -> list[Path]:
    """What names a release: the tag of the action, or the version of the package."""
    return [Path("README.md"), Path("docs/action.md"), *sorted(Path("examples/workflows").glob("*.yml"))]


def _major(version: str) -> str:
    return f"v{version.partition('.')[0]}"


def _naming(text: str, version: str) -> str:
    """The text with the names of this release in place of those of another one."""
    text = re.sub(r"amts-bot/amts@v\d+\b", f"amts-bot/amts@{_major(version)}", text)
    text = re.sub(r"\bamts-bot/amts/v\d+\.\d+\.\d+/", f"amts-bot/amts/v{version}/", text)
    return re.sub(r"\bamts(\[[\w,]+\])?==\d+\.\d+\.\d+", lambda m: f"amts{m[1] or ''}=={version}", text)


def _section(version: str) -> str:
    """The section of the changelog without its heading; empty if there is none with a date."""
    log = CHANGELOG.read_text(encoding="utf-8")
    found = re.search(rf"(?ms)^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d\n(.*?)(?=^## |\Z)", log)
    return found[1] if found else ""


def _git(*words: str) -> str:
    name, email = ROBOT
    who = {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email, "GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": email}
    when = subprocess.run(["git", "show", "--no-patch", "--format=%cI"], check=True, capture_output=True, text=True)
    dates = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), when.stdout.strip())
    environment = {**os.environ, **who, **dates}
    # People who run this sign their commits perhaps; then no two are alike.
    plain = ("-c", "commit.gpgSign=false", "-c", "tag.gpgSign=false")
    done = subprocess.run(["git", *plain, *words], capture_output=True, text=True, env=environment)
    if done.returncode:
        raise Refused(f"git {words[0]}: {done.stderr.strip()}")
    return done.stdout.strip()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = parser.add_subparsers(dest="step", required=True)
    for step in ("prepare", "check", "commit", "notes"):
        words = steps.add_parser(step)
        words.add_argument("version")
        if step == "commit":
            words.add_argument("image")
    given = parser.parse_args()
    os.chdir(Path(__file__).resolve().parent.parent)
    try:
        if not VERSION.fullmatch(given.version):
            raise Refused(f"{given.version!r} is no version such as 1.2.3")
        if given.step == "commit":
            print(commit(given.version, given.image))
        elif given.step == "notes":
            print(notes(given.version))
        else:
            (prepare if given.step == "prepare" else check)(given.version)
    except Refused as refused:
        print(f"release: {refused}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
