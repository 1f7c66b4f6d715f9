"""Small rules of the engine amazon that whole syncs would hide: what waits, what is refused, what is counted."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from fakes.amazon import Fault
from support.accounts import Account, batch, pairs, resources

from bot.drafting.estimate import estimate
from bot.engines.amazon.connection import explained
from bot.engines.amazon.custom_data import Imported
from bot.errors import AmtsError
from bot.parallel_data.translation_memory import Memory

KNOWN = pairs(("A boat floats.", "Un barco flota."))


def test_only_a_taken_slot_is_waited_for(account: Account) -> None:
    account.aws.faults.append(Fault("CreateParallelData", "denied"))
    with pytest.raises(AmtsError, match="cannot be imported"):
        account.engine().translate(batch(("a.md", ["Nobody has seen this sentence."])), resources(KNOWN))
    assert not account.clock.slept and not account.aws.jobs


@pytest.mark.parametrize(("attempt", "usable"), [("", True), ("ACTIVE", True), ("FAILED", False), ("UPDATING", False)])
def test_parallel_data_whose_update_failed_is_not_taken_for_the_new_one(attempt: str, usable: bool) -> None:
    assert Imported("amts-es", "ACTIVE", attempt, content="c").holds("c") == usable


def test_what_a_service_says_is_told_without_its_secrets() -> None:
    said = "no: https://b.s3.amazonaws.com/x?X-Amz-Signature=0123456789abcdef0123456789abcdef&X-Amz-Credential=AKIAABCDEFGH"
    refusal = ClientError({"Error": {"Code": "Odd", "Message": said}}, "GetParallelData")
    with pytest.raises(AmtsError) as caught, explained("it failed"):
        raise refusal
    assert "0123456789abcdef" not in str(caught.value) and "AKIA" not in str(caught.value)


def test_a_sentence_that_stands_there_twice_is_estimated_once() -> None:
    text = "Nobody has seen this sentence."
    assert estimate(batch(("a.md", [text, text])), Memory(KNOWN.units)).sent == len(text)
