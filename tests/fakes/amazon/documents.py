"""The work of a job in one language: every document of the input folder, and the list of what became of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from .account import Account
from .document import billed, blocks, body, parse, visible
from .faults import MANGLED, Fault
from .mangle import mangle
from .objects import Objects, StorageError, split
from .translation import Resources, Translated, translate

CHECK = ".write_access_check_file.temp"


@dataclass
class Work:
    """What a job did: documents times languages, and those that failed."""

    documents: int = 0
    failed: list[str] = field(default_factory=list)


class _BadDocumentError(Exception):
    """One document cannot be translated."""


def access_check(objects: Objects, folder: str) -> None:
    """Raises StorageError unless the job may write."""
    # Guess: the file is written when the job is started, and refused there.
    objects.write(folder + CHECK, b"")


def work(
    account: Account,
    job: str,
    folders: tuple[str, str],
    languages: tuple[str, str],
    resources: tuple[dict[str, str], dict[str, dict[str, str]]],
    done: Work,
) -> None:
    """Translates a folder into another one. Raises StorageError where the whole folder cannot be used.

    ``resources`` are the pairs by source, and the terms by the terminology's name; ``done`` is added to.
    """
    source = folders[0].rstrip("/") + "/"
    names = account.objects.names(source)
    if any("details" in name.split("/")[:-1] for name in names):
        raise StorageError("The input has a folder with the reserved name details.")
    language = languages[1]
    pairs, terms = resources
    every = {s: t for found in terms.values() for s, t in found.items()}
    missing = bool(names) and account.faults.take("job", job, "missing")
    damage = [f for f in list(account.faults) if f.operation == "job" and f.kind in MANGLED]
    applied: list[Fault] = []
    details: list[dict[str, Any]] = []
    total = 0
    for number, name in enumerate(names):
        done.documents += 1
        entry: dict[str, Any] = {"sourceFile": name}
        details.append(entry)
        try:
            if missing and number == 0:
                raise _BadDocumentError("The service failed to translate the document.")
            document = _checked(account, source + name)
        except _BadDocumentError as error:
            # Guess: a document that failed has no target file.
            entry["auxiliaryData"] = {"error": {"errorCode": "InvalidRequestException", "errorMessage": str(error)}}
            done.failed.append(f"{language}/{name}")
            continue
        translated = translate(document, Resources(language, pairs, every))
        applied += [f for f in damage if mangle(translated, f, language)]
        # Guess: files of nested folders stay in them.
        path, _, file = name.rpartition("/")
        entry["targetFile"] = f"{path}/{language}.{file}".lstrip("/")
        entry["auxiliaryData"] = _auxiliary(translated, terms)
        account.objects.write(folders[1] + entry["targetFile"], translated.html.encode())
        total += _bill(account, document)
    # One turn is used up by the whole folder; damage that no document could take waits for the next job.
    for fault in damage:
        if any(f is fault for f in applied):
            account.faults.take_if(lambda f, used=fault: f is used)  # type: ignore[misc]
    failed = sum("error" in entry["auxiliaryData"] for entry in details)
    told = {
        "sourceLanguageCode": languages[0],
        "targetLanguageCode": language,
        "charactersTranslated": str(total),
        "documentCountWithCustomerError": str(failed),
        "documentCountWithServerError": "0",
        "inputDataPrefix": source,
        "outputDataPrefix": folders[1],
        "details": details,
    }
    address = f"{folders[1]}details/{language}.auxiliary-translation-details.json"
    account.objects.write(address, json.dumps(told, ensure_ascii=False).encode())


def _checked(account: Account, address: str) -> str:
    """The text of a document that is within the limits."""
    data = account.objects.read(address)
    if len(data) > account.limits.document_bytes:
        raise _BadDocumentError(f"{split(address)[1]} is larger than {account.limits.document_bytes} bytes.")
    try:
        document = data.decode("utf-8")
    except UnicodeDecodeError:
        raise _BadDocumentError(f"{split(address)[1]} is not UTF-8.") from None
    if sum(map(len, billed(parse(document)))) > account.limits.document_characters:
        most = account.limits.document_characters
        raise _BadDocumentError(f"{split(address)[1]} has more than {most} characters.")
    return document


def _bill(account: Account, document: str) -> int:
    tree = parse(document)
    characters = sum(map(len, billed(tree)))
    inside = body(tree)
    found = [visible(block) for block in blocks(inside)] if inside else []
    account.bill((text for text in found if text), characters)
    return characters


def _auxiliary(translated: Translated, terms: dict[str, dict[str, str]]) -> dict[str, Any]:
    applied = []
    for name, known in terms.items():
        used = [{"sourceText": t, "targetText": known[t]} for t in translated.terms if t in known]
        if used:
            applied.append({"name": name, "terms": used})
    return {"appliedTerminologies": applied} if applied else {}
