"""Drafts a batch with a service that translates HTML or XML: once with tags, and what is damaged with all marks hidden.

Every sentence is a request of its own, so that its neighbours can go with it and nothing can mix two sentences up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.document.sentences import has_free_words, unwrapped
from bot.engines import Answer, Batch, Key, Result, checks
from bot.engines.llm.answers import Reply
from bot.engines.llm.prompt import Prompt
from bot.engines.reassembly import Decoded
from bot.engines.segment_html import FORMS, decode, fragment

Ask = Callable[[Sequence[Prompt]], Sequence[Reply]]
"""Sends requests: the ``user`` part is the HTML of a sentence, the ``system`` part the text around it."""


def drafted(batch: Batch, ask: Ask) -> Result:
    """A draft or a reason for every segment; one without words is its own draft. Raises what ``ask`` raises."""
    languages = batch.source_language, batch.target_language
    keys: dict[str, list[Key]] = {}
    for key, segment in batch.segments.items():
        keys.setdefault(unwrapped(segment.source), []).append(key)
    found = {text: Decoded(text) for text in keys if not has_free_words(text)}
    left = [text for text in keys if text not in found]
    characters = 0
    for form in FORMS:
        prompts = []
        for text in left:
            segment = batch.segments[keys[text][0]]
            around = " ".join(unwrapped(t) for t in (segment.before, segment.after) if t)
            prompts.append(Prompt(around, fragment(text, "s0", form)))
        again = []
        for text, reply in zip(left, ask(prompts) if prompts else [], strict=True):
            characters += reply.input_tokens
            got = Decoded(None, reply.problem)
            if not reply.problem:
                (got,) = decode(f'<p id="s0">{reply.text}</p>', [text], form)
                problem = checks.problem(text, got.text, languages) if got.text is not None else ""
                got = Decoded(None, problem) if problem else got
            found[text] = got
            if got.text is None and reply.again:
                again.append(text)
        left = again
    answers: dict[Key, Answer] = {}
    for text, got in found.items():
        answer = Answer(got.text, "engine") if got.text is not None else Answer(None, reason=got.problem)
        answers |= dict.fromkeys(keys[text], answer)
    return Result({key: answers[key] for key in batch.segments}, characters)
