"""Every tag that a book may use reaches Amazon Translate as a code of its own, or is refused."""

from __future__ import annotations

import pytest

from bot.engines.amazon.language_codes import CODES, service_code
from bot.errors import AmtsError


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("pt-BR", "pt"),
        ("pt", "pt"),
        ("pt-PT", "pt-PT"),
        ("zh", "zh"),
        ("zh-CN", "zh"),
        ("zh-Hans", "zh"),
        ("zh_CN", "zh"),
        ("zh-Hant", "zh-TW"),
        ("zh-Hant-HK", "zh-TW"),
        ("zh-TW", "zh-TW"),
        ("zh-Hans-CN", "zh"),
        ("es-419", "es-MX"),
        ("es-ES", "es"),
        ("fr-CA", "fr-CA"),
        ("FR-ca", "fr-CA"),
        ("nb", "no"),
        ("ja-JP", "ja"),
        ("fil", "tl"),
        ("cmn-Hant", "zh-TW"),
        ("cmn", "zh"),
        ("arb", "ar"),
        ("sr-Cyrl", "sr"),
        ("pa-Guru", "pa"),
        ("ja-Jpan", "ja"),
        ("uz-Latn", "uz"),
    ],
)
def test_codes(tag: str, code: str) -> None:
    assert service_code(tag) == code
    assert code in CODES


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(AmtsError) as error:
        service_code("eo")
    assert "eo" in error.value.what


@pytest.mark.parametrize("tag", ["sr-Latn", "zh-Latn", "uz-Cyrl", "pa-Arab", "mn-Mong", "az_Arab"])
def test_another_script_than_the_service_writes_is_refused(tag: str) -> None:
    with pytest.raises(AmtsError, match="another script"):
        service_code(tag)
