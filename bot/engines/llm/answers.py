"""Reads and checks what a language model answered."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.document.runs import runs
from bot.document.segment import Segment
from bot.document.sentences import unwrapped
from bot.document.structure import segment_problem
from bot.engines import checks
from bot.engines.llm.prompt import masked
from bot.engines.reassembly import Decoded, reassembled
from bot.messages import Message


@dataclass(frozen=True)
class Reply:
    """What a service answered to one request: the ``text`` of the model, or a ``problem`` that is not the model's.

    ``again`` says whether another try with the problem named makes sense.
    """

    text: str = ""
    problem: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    again: bool = True


def draft(reply: Reply, segment: Segment, languages: tuple[str, str]) -> Decoded:
    """The Markdown of a segment, or what is wrong with the answer."""
    if reply.problem:
        return Decoded(None, reply.problem)
    try:
        answer = json.loads(reply.text)
    except ValueError:
        return Decoded(None, Message("the answer is not JSON"))
    if not isinstance(answer, dict) or set(answer) != {"translation"} or not isinstance(answer["translation"], str):
        return Decoded(None, Message("the answer is not JSON as requested"))
    source = unwrapped(segment.asked)
    pieces = masked(segment).pieces(answer["translation"].strip())
    if isinstance(pieces, str):
        return Decoded(None, pieces)
    got = reassembled(pieces, runs(source))
    if got.text is None:
        return got
    problem = segment_problem(source, got.text) or checks.problem(source, got.text, languages)
    return Decoded(None, problem) if problem else got
