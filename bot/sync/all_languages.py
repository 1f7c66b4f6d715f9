"""Syncs the languages of a book at the same time; a failure in one does not affect the others."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from bot.contracts import LOCAL, Engines
from bot.drafting.report import LanguageReport
from bot.engines import Engine, Pending
from bot.errors import AmtsError
from bot.repositories.repository import Repository
from bot.sync.choice import ALL, Choice
from bot.sync.composition import Composition
from bot.sync.pipeline import sync
from bot.workers import cores

AT_ONCE = 2
"""Languages that are synced at the same time, if each of them has two cores, so that few have all their texts in
memory; an engine that works for minutes in jobs of its own gets all of them at once."""


def sync_languages(
    site: Composition,
    languages: Sequence[str] = (),
    engine: Engines | None = None,
    *,
    dry_run: bool = False,
    patient: bool = True,
    choice: Choice = ALL,
    made: Mapping[str, Engine] = MappingProxyType({}),
) -> Iterator[LanguageReport]:
    """A report for each of ``languages`` (default: all in the settings), in their order.

    ``made`` are engines of the caller, by language, in place of ``engine``.

    Raises AmtsError only for problems that concern all of them, before anything is done.
    """
    chosen = site.settings
    names = [chosen.translation(n).language for n in languages or [t.language for t in chosen.translations]]
    rows = {name: engine or chosen.engine_of(name) for name in names}
    # A dry run sends nothing, so it needs neither an account nor its settings.
    used: dict[Engines, Engine] = {}
    for row in rows.values():
        used[row] = used.get(row) or site.engine("memory_only" if dry_run else row, patient=patient)
    site.english()
    waits = any(one.asynchronous for one in (*used.values(), *made.values()))
    with ThreadPoolExecutor(len(names) if waits else max(1, min(len(names), AT_ONCE, cores() // 2))) as pool:
        yield from pool.map(
            lambda name: _sync_one(site, name, rows[name], made.get(name, used[rows[name]]), dry_run, choice),
            names,
        )


def _sync_one(
    site: Composition, name: str, priced: Engines, translate: Engine, dry_run: bool, choice: Choice
) -> LanguageReport:
    commit = ""
    opened: list[Repository] = []
    try:
        english = site.english(fetch=False)
        commit, edition = english.commit, site.language(name, priced)
        opened += [english.repository, edition.repository]
        step = partial(site.progress, name)
        done = sync(english, edition, translate, dry_run=dry_run, choice=choice, step=step)
        sends = not {*((priced,) if isinstance(priced, str) else priced)} <= {*LOCAL}
        return replace(done, estimate=replace(done.estimate, sends=sends)) if done.estimate else done
    except Pending as pending:
        return LanguageReport(name, "waiting", commit, problem=str(pending))
    except AmtsError as error:
        return LanguageReport(name, "failed", commit, problem=str(error))
    except Exception as error:
        traceback.print_exc()
        return LanguageReport(name, "bug", commit, problem=f"{type(error).__name__}: {error}")
    finally:
        site.progress(name, "")
        for repository in opened:
            repository.rest()


def exit_status(reports: Sequence[LanguageReport]) -> int:
    """0 if all is in order, 1 if people must act, 3 for a bug."""
    return max((3 if r.state == "bug" else 1 if r.failed else 0 for r in reports), default=0)
