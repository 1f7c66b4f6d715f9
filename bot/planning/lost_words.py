"""The words that people wrote in code, tags and directives, such as comments and strings, and that a draft lost."""

from __future__ import annotations

from collections.abc import Iterator

from bot.document.fence_language import language_of
from bot.document.model import Block, BlockKind, Document
from bot.document.sentences import normal
from bot.planning.code_lines import items, may_speak, wording, wordy
from bot.planning.tag_strings import strings
from bot.planning.token_merge import has_words

_MARKUP = frozenset[BlockKind]({"html", "markup", "directive"})


def lost_words(old: Document, now: Document, english: Document) -> Iterator[tuple[int, str]]:
    """What ``old`` says where nothing is prose, and neither ``now`` does nor the ``english`` that it translates.

    Each with the place of its block, in code points of ``old``, and with single spaces.
    """
    same = {b.text for b in now.blocks if _may_say(b)}
    every = zip(old.starts, old.blocks, strict=True)
    changed = [(start, b) for start, b in every if _may_say(b) and b.text not in same]
    if changed:
        there = {said for d in (now, english) for b in d.blocks for said in words_beside_prose(b)}
        for start, block in changed:
            yield from ((start, said) for said in dict.fromkeys(words_beside_prose(block)) if said not in there)


def words_beside_prose(block: Block) -> Iterator[str]:
    """What a block of code, a tag or a directive says in words, with single spaces; nothing of another block."""
    if not _may_say(block):
        return
    language = language_of(block)
    if block.kind in _MARKUP:
        found: Iterator[str] = iter(strings(block.text))
    elif wordy(language):
        found = iter(wording(block.text, language))
    elif may_speak(block.text):
        found = (
            text
            for item in items(block.text, language)
            for text in (item.text.splitlines() if item.comment else map(item.words, item.pieces))
        )
    else:
        return
    yield from (normal(said) for said in found if has_words(said))


def _may_say(block: Block) -> bool:
    return block.kind == "code" or (block.kind in _MARKUP and not block.fields)
