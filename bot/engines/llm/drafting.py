"""Drafts a batch with a language model: a request for each segment, and one more for each answer that is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.document.runs import plain
from bot.document.segment import Segment
from bot.document.sentences import has_free_words, unwrapped
from bot.engines import Answer, Batch, Key, Result
from bot.engines.llm import prompt
from bot.engines.llm.answers import Reply, draft
from bot.engines.llm.online import Kept
from bot.engines.llm.prompt import Prompt
from bot.engines.resources import Resources
from bot.messages import Message

Ask = Callable[[Sequence[Prompt]], Sequence[Reply]]
"""Sends requests, and gives a reply for each, in their order. Raises AmtsError if none can be answered."""


def drafted(batch: Batch, resources: Resources, ask: Ask, kept: Kept) -> Result:
    """A draft or a reason for every segment; one without words is its own draft.

    Answers that are refused twice are dropped from what is ``kept``, so that people who ask for another try get one.
    Raises what ``ask`` raises in the first round.
    """
    languages = batch.source_language, batch.target_language
    groups: dict[tuple[str, str, str], list[Key]] = {}
    for key, s in batch.segments.items():
        groups.setdefault((unwrapped(s.asked), unwrapped(s.old_source), unwrapped(s.old_target)), []).append(key)
    silent = {text for text, _, _ in groups if not has_free_words(text)}
    asked = [keys for (text, _, _), keys in groups.items() if text not in silent]
    answers = {k: Answer(t, "engine") for (t, _, _), keys in groups.items() if t in silent for k in keys}
    segments = [batch.segments[keys[0]] for keys in asked]
    if not segments:
        return Result(answers)
    terms = prompt.terms_in(segments, resources)
    head = prompt.head(languages, resources.style, terms, resources.instructions)
    memory = resources.memory
    prompts = [Prompt(head, prompt.request(s, memory)) for s in segments]
    first = ask(prompts)
    found = [draft(reply, s, languages) for reply, s in zip(first, segments, strict=True)]
    refused = [n for n, got in enumerate(found) if got.text is None and first[n].again]
    if refused:
        second = [
            Prompt(head, prompt.request(segments[n], memory, (first[n].text[:2000], found[n].problem))) for n in refused
        ]
        for n, request, reply in zip(refused, second, ask(second), strict=True):
            got = draft(reply, segments[n], languages)
            if got.text is None:
                if not reply.problem:
                    kept.drop(prompts[n])
                    kept.drop(request)
                got = replace(got, problem=Message("twice refused: {reason}", reason=got.problem))
            found[n] = got
    for keys, got in zip(asked, found, strict=True):
        answer = Answer(got.text, "engine") if got.text is not None else Answer(None, reason=got.problem)
        answers |= dict.fromkeys(keys, answer)
    ordered = {key: answers[key] for key in batch.segments}
    return Result(ordered, sum(_characters(s) for s in segments))


def _characters(segment: Segment) -> int:
    return len(plain(unwrapped(segment.asked)))
