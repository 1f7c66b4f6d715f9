"""The stand-in for Amazon Translate keeps to the service's own model, and breaks where it is asked to."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, HTTPClientError

from fakes.amazon import Clock, Emulator, Fault

HEAD = '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Kept title</title></head>\n<body>\n'
FOOT = "</body>\n</html>\n"
BLOCK = (
    '<p id="s0">See <span id="s0-1" translate="no">`a &lt; b`</span> and <b id="s0-2">big <i id="s0-3">fish</i></b>'
    ' or <span id="s0-4" translate="no">$x$</span>.</p>\n'
)
SAID = "See `a < b` and big fish or $x$."


@pytest.fixture
def aws() -> Iterator[Emulator]:
    with Emulator() as emulator:
        emulator.client("s3").create_bucket(Bucket="book")
        yield emulator


def put(aws: Emulator, key: str, text: str | bytes) -> str:
    aws.client("s3").put_object(Bucket="book", Key=key, Body=text if isinstance(text, bytes) else text.encode())
    return f"s3://book/{key}"


def read(aws: Emulator, key: str) -> str:
    return str(aws.client("s3").get_object(Bucket="book", Key=key)["Body"].read().decode())


def order(**changed: Any) -> dict[str, Any]:
    wanted = {
        "JobName": "book",
        "ClientToken": "token-1",
        "InputDataConfig": {"S3Uri": "s3://book/in/", "ContentType": "text/html"},
        "OutputDataConfig": {"S3Uri": "s3://book/out"},
        "DataAccessRoleArn": "arn:aws:iam::123456789012:role/translate",
        "SourceLanguageCode": "en",
        "TargetLanguageCodes": ["zh"],
    }
    return wanted | changed


def pairs(aws: Emulator, text: str, format: str = "CSV", name: str = "pairs") -> dict[str, Any]:
    """Parallel data, imported."""
    client = aws.client("translate")
    config = {"S3Uri": put(aws, f"{name}.{format.lower()}", text), "Format": format}
    client.create_parallel_data(Name=name, ParallelDataConfig=config, ClientToken=name)
    while (told := client.get_parallel_data(Name=name))["ParallelDataProperties"]["Status"] == "CREATING":
        pass
    return dict(told["ParallelDataProperties"])


def finished(aws: Emulator, **changed: Any) -> dict[str, Any]:
    """A job, looked at until it is over."""
    client = aws.client("translate")
    id = client.start_text_translation_job(**order(**changed))["JobId"]
    told: dict[str, Any] = {}
    while "EndTime" not in told:
        told = client.describe_text_translation_job(JobId=id)["TextTranslationJobProperties"]
    return told


def output(aws: Emulator, job: dict[str, Any], name: str) -> str:
    return read(aws, job["OutputDataConfig"]["S3Uri"].removeprefix("s3://book/") + name)


def translated(aws: Emulator, body: str, **changed: Any) -> str:
    """The body that a job returns for a document."""
    put(aws, "in/0.html", HEAD + body + FOOT)
    job = finished(aws, **changed)
    html = output(aws, job, f"{job['TargetLanguageCodes'][0]}.0.html")
    assert html.startswith(HEAD) and html.endswith(FOOT)
    return html[len(HEAD) : -len(FOOT)]


def refused(error: pytest.ExceptionInfo[ClientError]) -> tuple[str, int]:
    told = error.value.response
    return told["Error"]["Code"], told["ResponseMetadata"]["HTTPStatusCode"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"ClientToken": "no_underscores"}, "ValidationException"),
        ({"JobName": "no\nlines"}, "ValidationException"),
        ({"DataAccessRoleArn": "arn:aws:iam::1:role/translate"}, "ValidationException"),
        ({"Settings": {"Formality": "formal"}}, "ValidationException"),
        ({"TargetLanguageCodes": ["zh-Hans"]}, "ValidationException"),
        ({"TargetLanguageCodes": ["xx"]}, "UnsupportedLanguagePairException"),
        ({"InputDataConfig": {"S3Uri": "s3://book", "ContentType": "text/html"}}, "InvalidRequestException"),
        ({"InputDataConfig": {"S3Uri": "s3://book/in", "ContentType": "text/plain"}}, "InvalidRequestException"),
        ({"OutputDataConfig": {"S3Uri": "s3://no-such-bucket/out"}}, "InvalidRequestException"),
        ({"ParallelDataNames": ["none"]}, "ResourceNotFoundException"),
        ({"TerminologyNames": ["none"]}, "ResourceNotFoundException"),
    ],
)
def test_what_the_model_or_the_service_forbids_is_refused(aws: Emulator, changed: dict[str, Any], code: str) -> None:
    with pytest.raises(ClientError) as error:
        aws.client("translate").start_text_translation_job(**order(**changed))
    assert refused(error)[0] == code
    assert not aws.jobs and not aws.billed


@pytest.mark.parametrize(
    ("credentials", "code", "status"),
    [
        ({"aws_secret_access_key": "wrong"}, "InvalidSignatureException", 403),
        ({"region_name": "eu-west-1"}, "InvalidSignatureException", 403),
        ({"aws_access_key_id": "AKIANOBODY"}, "UnrecognizedClientException", 403),
        ({"aws_session_token": "made-up"}, "UnrecognizedClientException", 403),
        ({"aws_session_token": "expired"}, "ExpiredTokenException", 400),
    ],
)
def test_only_who_has_the_secret_is_heard(aws: Emulator, credentials: dict[str, str], code: str, status: int) -> None:
    with pytest.raises(ClientError) as error:
        aws.client("translate", **credentials).list_parallel_data()
    assert refused(error) == (code, status)
    aws.client("translate", aws_session_token="emulator-session-token").list_parallel_data()


def test_the_environment_is_all_that_a_client_needs(aws: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in aws.environment.items():
        monkeypatch.setenv(name, value)
    plain = dict.fromkeys(("endpoint_url", "aws_access_key_id", "aws_secret_access_key", "region_name"))
    assert aws.client("sts", **plain).get_caller_identity()["Account"] == "123456789012"
    assert [b["Name"] for b in aws.client("s3", **plain).list_buckets()["Buckets"]] == ["book"]
    assert aws.client("translate", **plain).list_terminologies()["TerminologyPropertiesList"] == []


def test_a_token_starts_one_job(aws: Emulator) -> None:
    client = aws.client("translate")
    first = client.start_text_translation_job(**order())
    assert client.start_text_translation_job(**order())["JobId"] == first["JobId"]
    with pytest.raises(ClientError) as error:
        client.start_text_translation_job(**order(JobName="other"))
    assert refused(error)[0] == "InvalidParameterValueException"
    assert client.start_text_translation_job(**order(ClientToken="token-2"))["JobId"] != first["JobId"]
    assert len(aws.jobs) == 2


def test_the_life_of_parallel_data(aws: Emulator) -> None:
    client = aws.client("translate")
    text = 'en,zh,ja\none,一,"いち"\n=two,二,に\n,三,さん\nfour,四\none,壹,\n'
    config = {"S3Uri": put(aws, "a.csv", text), "Format": "CSV"}
    assert client.create_parallel_data(Name="a", ParallelDataConfig=config, ClientToken="1")["Status"] == "CREATING"
    for name, code in [("a", "ConflictException"), ("b", "LimitExceededException")]:
        with pytest.raises(ClientError) as error:
            client.create_parallel_data(Name=name, ParallelDataConfig=config, ClientToken=f"{name}2")
        assert refused(error)[0] == code
    told = client.get_parallel_data(Name="a")
    found = told["ParallelDataProperties"]
    assert (found["Status"], found["TargetLanguageCodes"]) == ("ACTIVE", ["zh", "ja"])
    counts = [found[f"{kind}RecordCount"] for kind in ("Imported", "Failed", "Skipped")]
    assert counts == [1, 2, 2]
    assert "X-Amz-Signature=plantedsignature" in told["DataLocation"]["Location"]
    with urllib.request.urlopen(told["DataLocation"]["Location"]) as answer:
        assert answer.read().startswith(b"en,zh,ja")

    config = {"S3Uri": put(aws, "b.csv", "en,zh\n@one,x\n"), "Format": "CSV"}
    for text, status in [("en,zh\n@one,x\n", "FAILED"), ("en,zh\nten,十\n", "ACTIVE")]:
        put(aws, "b.csv", text)
        client.update_parallel_data(Name="a", ParallelDataConfig=config, ClientToken=status)
        with pytest.raises(ClientError) as error:
            client.update_parallel_data(Name="a", ParallelDataConfig=config, ClientToken="again")
        assert refused(error)[0] == "ConcurrentModificationException"
        found = client.get_parallel_data(Name="a")["ParallelDataProperties"]
        assert (found["Status"], found["LatestUpdateAttemptStatus"]) == ("ACTIVE", status)
        assert bool(found.get("Message")) == (status == "FAILED")
    assert found["TargetLanguageCodes"] == ["zh"]
    assert client.delete_parallel_data(Name="a")["Status"] == "DELETING"
    assert client.get_parallel_data(Name="a")["ParallelDataProperties"]["Status"] == "DELETING"
    with pytest.raises(ClientError) as error:
        client.get_parallel_data(Name="a")
    assert refused(error) == ("ResourceNotFoundException", 404)


TMX = """<?xml version="1.0"?><tmx version="1.4"><header srclang="en"/><body>
<tu><tuv xml:lang="en"><seg>- Two &amp; three</seg></tuv><tuv xml:lang="zh"><seg>二三</seg></tuv></tu></body></tmx>"""


@pytest.mark.parametrize(
    ("format", "text", "status"),
    [
        ("TMX", TMX, "ACTIVE"),
        ("TSV", "en\tzh\na, b\t甲\n", "ACTIVE"),
        ("CSV", f"en,zh\n{'x' * 1001},甲\n", "FAILED"),
        ("CSV", f"en,zh\n{'x' * 1000},甲\n", "ACTIVE"),
        ("CSV", "en,zh-Hans\na,甲\n", "FAILED"),
        ("TMX", "en,zh\na,b\n", "FAILED"),
    ],
)
def test_files_of_pairs(aws: Emulator, format: str, text: str, status: str) -> None:
    found = pairs(aws, text, format)
    assert (found["Status"], bool(found.get("Message"))) == (status, status == "FAILED")


def test_lists_come_in_pages(aws: Emulator) -> None:
    client = aws.client("translate")
    for number in range(3):
        pairs(aws, "en,zh\na,甲\n", name=f"p{number}")
        client.start_text_translation_job(**order(JobName=f"j{number}", ClientToken=f"t{number}"))
    first = client.list_parallel_data(MaxResults=2)
    rest = client.list_parallel_data(MaxResults=2, NextToken=first["NextToken"])
    found = [p["Name"] for told in (first, rest) for p in told["ParallelDataPropertiesList"]]
    assert found == ["p0", "p1", "p2"] and "NextToken" not in rest
    one = client.list_text_translation_jobs(Filter={"JobName": "j1"})["TextTranslationJobPropertiesList"]
    assert [j["JobName"] for j in one] == ["j1"]
    waiting = client.list_text_translation_jobs(Filter={"JobStatus": "SUBMITTED"}, MaxResults=1)
    assert [j["JobName"] for j in waiting["TextTranslationJobPropertiesList"]] == ["j2"] and waiting["NextToken"]


def test_the_life_of_a_job_in_which_a_pair_wins(aws: Emulator) -> None:
    pairs(aws, f'en,zh,ko\n"{SAID}","或 $x$ 与 `a < b` 大鱼。","오 `a < b` 와 $x$"\n')
    other = '<p id="s1">Boats &amp; 5 sails.</p>\n'
    put(aws, "in/0.html", HEAD + BLOCK + other + FOOT)
    put(aws, "in/1.html", b"\xff")
    client = aws.client("translate")
    wanted = order(ParallelDataNames=["pairs"], TargetLanguageCodes=["zh", "ko"])
    id = client.start_text_translation_job(**wanted)["JobId"]
    seen = [client.describe_text_translation_job(JobId=id)["TextTranslationJobProperties"] for _ in range(4)]
    statuses = [told["JobStatus"] for told in seen]
    assert statuses == ["SUBMITTED", "IN_PROGRESS", "COMPLETED_WITH_ERROR", "COMPLETED_WITH_ERROR"]
    job = seen[-1]
    assert job["OutputDataConfig"]["S3Uri"] == f"s3://book/out/123456789012-TranslateText-{id}/"
    counts = {"InputDocumentsCount": 4, "TranslatedDocumentsCount": 2, "DocumentsWithErrorsCount": 2}
    assert job["JobDetails"] == counts
    html = output(aws, job, "zh.0.html")
    assert (
        '<p id="s0"><b id="s0-2"><i id="s0-3">或 <span id="s0-4" translate="no">$x$</span> 与 '
        '<span id="s0-1" translate="no">`a &lt; b`</span> 大鱼。</i></b></p>' in html
    )
    assert re.search(r'<p id="s1">[一-鿿]{2} ?&amp; 5[一-鿿]{2}\.</p>', html)
    details = json.loads(output(aws, job, "details/zh.auxiliary-translation-details.json"))
    assert (details["documentCountWithCustomerError"], details["targetLanguageCode"]) == ("1", "zh")
    assert [d.get("targetFile") for d in details["details"]] == ["zh.0.html", None]
    assert details["details"][1]["auxiliaryData"]["error"]["errorMessage"]
    characters = len(SAID) + len("Boats & 5 sails.")
    assert details["charactersTranslated"] == str(characters)
    assert aws.billed == 2 * characters
    assert aws.billed_texts == {SAID: 2, "Boats & 5 sails.": 2}


def test_the_same_english_becomes_the_same_text(aws: Emulator) -> None:
    text = '<h1 id="s0">Old Nets</h1>\n<!-- a & b -->\n'
    text += '<ul><li id="s1">Old “nets” &lt; <code translate="no">net</code></li></ul>\n'
    looks = {"zh": "[一-鿿]{4}", "ko": "[가-힣]{2} [가-힣]{2}", "ru": "[А-Я][а-я]+ [А-Я][а-я]+", "de": "Óld Néts"}
    for number, (language, look) in enumerate(looks.items()):
        once = translated(aws, text, TargetLanguageCodes=[language], ClientToken=f"a{number}")
        assert once == translated(aws, text, TargetLanguageCodes=[language], ClientToken=f"b{number}")
        assert re.search(f'<h1 id="s0">{look}</h1>\n<!-- a & b -->\n<ul><li id="s1">', once)
        assert once.endswith('<code translate="no">net</code></li></ul>\n')


def test_terms_are_whole_words_as_written(aws: Emulator) -> None:
    client = aws.client("translate")
    file = b"en,de\nNet,Netz\nAmazon S3,Amazon S3\n"
    data = {"File": file, "Format": "CSV"}
    told = client.import_terminology(Name="terms", MergeStrategy="OVERWRITE", TerminologyData=data)
    assert told["TerminologyProperties"]["TermCount"] == 2
    body = translated(
        aws, '<p id="s0">Net net Nets in Amazon S3.</p>\n', TargetLanguageCodes=["de"], TerminologyNames=["terms"]
    )
    assert body == '<p id="s0">Netz nét Néts ín Amazon S3.</p>\n'
    before = aws.billed
    wanted = {"SourceLanguageCode": "en", "TargetLanguageCode": "de", "TerminologyNames": ["terms"]}
    answer = client.translate_text(Text="A Net.", **wanted)
    assert (answer["TranslatedText"], aws.billed - before) == ("Á Netz.", 6)
    assert answer["AppliedTerminologies"][0]["Terms"] == [{"SourceText": "Net", "TargetText": "Netz"}]
    for bad in (b"en,de\na,b\na,c\n", b"en,de\n" + b"x" * 201 + b",b\n"):
        with pytest.raises(ClientError) as error:
            client.import_terminology(Name="t", MergeStrategy="OVERWRITE", TerminologyData={**data, "File": bad})
        assert refused(error)[0] == "InvalidParameterValueException"
    assert client.get_terminology(Name="terms")["TerminologyDataLocation"]["Location"]
    client.delete_terminology(Name="terms")
    assert not client.list_terminologies()["TerminologyPropertiesList"]


def test_what_fails_is_not_paid_for(aws: Emulator) -> None:
    aws.limits.document_characters = 10
    put(aws, "in/0.html", HEAD + '<p id="s0">More than ten.</p>' + FOOT)
    job = finished(aws)
    assert (job["JobStatus"], aws.billed) == ("FAILED", 0) and job["Message"]
    empty = {"S3Uri": "s3://book/empty/", "ContentType": "text/html"}
    assert finished(aws, InputDataConfig=empty, ClientToken="2")["JobStatus"] == "FAILED"


def test_ten_jobs_run_and_others_wait(aws: Emulator) -> None:
    put(aws, "in/0.html", HEAD + BLOCK + FOOT)
    client = aws.client("translate")
    ids = [client.start_text_translation_job(**order(ClientToken=f"t{n}"))["JobId"] for n in range(11)]
    assert client.stop_text_translation_job(JobId=ids[1])["JobStatus"] == "STOP_REQUESTED"
    statuses: list[str] = []
    while statuses[-1:] != ["COMPLETED"]:
        told = client.describe_text_translation_job(JobId=ids[10])["TextTranslationJobProperties"]
        statuses.append(told["JobStatus"])
    assert statuses.index("IN_PROGRESS") > 1
    stopped = [j["JobStatus"] for j in aws.jobs].count("STOPPED")
    assert stopped == 1 and aws.billed_texts[SAID] == [j["JobStatus"] for j in aws.jobs].count("COMPLETED")


def test_a_clock_may_say_how_long_things_take() -> None:
    with Emulator(Clock(), step_seconds=60) as aws:
        aws.client("s3").create_bucket(Bucket="book")
        put(aws, "in/0.html", HEAD + BLOCK + FOOT)
        client = aws.client("translate")
        id = client.start_text_translation_job(**order())["JobId"]
        statuses = []
        for _ in range(3):
            for _ in range(2):
                told = client.describe_text_translation_job(JobId=id)["TextTranslationJobProperties"]
                statuses.append(told["JobStatus"])
            aws.tick(60)
        assert statuses == ["SUBMITTED"] * 2 + ["IN_PROGRESS"] * 2 + ["COMPLETED"] * 2


@pytest.mark.parametrize(
    ("operation", "kind", "code", "status"),
    [
        ("ListParallelData", "throttle", "TooManyRequestsException", 429),
        ("ListParallelData", "server", "InternalServerException", 500),
        ("ListParallelData", "expired", "ExpiredTokenException", 400),
        ("ListParallelData", "denied", "AccessDeniedException", 400),
        ("ListObjectsV2", "throttle", "SlowDown", 503),
        ("ListObjectsV2", "server", "InternalError", 500),
        ("ListObjectsV2", "expired", "ExpiredToken", 400),
        ("ListObjectsV2", "denied", "AccessDenied", 403),
        ("GetCallerIdentity", "expired", "ExpiredToken", 403),
    ],
)
def test_faults_of_requests(aws: Emulator, operation: str, kind: str, code: str, status: int) -> None:
    calls = {
        "ListParallelData": lambda: aws.client("translate").list_parallel_data(),
        "ListObjectsV2": lambda: aws.client("s3").list_objects_v2(Bucket="book"),
        "GetCallerIdentity": lambda: aws.client("sts").get_caller_identity(),
    }
    aws.faults.append(Fault(operation, kind, times=2))
    for _ in range(2):
        with pytest.raises(ClientError) as error:
            calls[operation]()
        assert refused(error) == (code, status)
    calls[operation]()
    assert not aws.faults


def test_conflicts_are_those_that_the_operation_declares(aws: Emulator) -> None:
    client = aws.client("translate")
    aws.faults.append(Fault("CreateParallelData", "conflict"))
    with pytest.raises(client.exceptions.ConflictException):
        pairs(aws, "en,zh\na,b\n")
    aws.faults.append(Fault("DeleteParallelData", "conflict", match='"p"'))
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.delete_parallel_data(Name="q")
    with pytest.raises(client.exceptions.ConcurrentModificationException):
        client.delete_parallel_data(Name="p")


def test_a_fault_that_aws_cannot_have_is_a_fault_of_the_test() -> None:
    with pytest.raises(ValueError, match="no fault"):
        Fault("job", "throttle")
    with pytest.raises(AssertionError, match="declares none"), Emulator() as aws:
        aws.faults.append(Fault("ListParallelData", "conflict"))
        with pytest.raises(ClientError):
            aws.client("translate").list_parallel_data()


@pytest.mark.parametrize("kind", ["lost", "closed"])
def test_a_lost_answer_is_work_done(aws: Emulator, kind: str) -> None:
    aws.faults.append(Fault("StartTextTranslationJob", kind))
    with pytest.raises((ClientError, HTTPClientError)):
        aws.client("translate").start_text_translation_job(**order())
    assert len(aws.jobs) == 1
    aws.faults.append(Fault("StartTextTranslationJob", kind))
    patient = aws.client("translate", config=Config(retries={"mode": "standard", "total_max_attempts": 3}))
    patient.start_text_translation_job(**order())
    assert len(aws.jobs) == 1 and aws.calls.count("StartTextTranslationJob") == 3
    aws.faults.append(Fault("PutObject", kind))
    with pytest.raises((ClientError, HTTPClientError)):
        put(aws, "kept", "x")
    assert read(aws, "kept") == "x"


def test_faults_of_jobs(aws: Emulator) -> None:
    for number in range(2):
        put(aws, f"in/{number}.html", HEAD + BLOCK + FOOT)
    aws.faults.append(Fault("job", "slow", times=4))
    assert finished(aws, ClientToken="a")["JobStatus"] == "COMPLETED"
    assert aws.calls.count("DescribeTextTranslationJob") == 7
    paid = aws.billed
    aws.faults += [Fault("job", "failed"), Fault("job", "stopped", match="second")]
    job = finished(aws, ClientToken="b")
    assert job["JobStatus"] == "FAILED" and job["Message"] and len(aws.faults) == 1
    assert finished(aws, ClientToken="c", JobName="second")["JobStatus"] == "STOPPED"
    assert aws.billed == paid
    aws.faults.append(Fault("job", "missing"))
    job = finished(aws, ClientToken="d")
    assert job["JobStatus"] == "COMPLETED_WITH_ERROR"
    details = json.loads(output(aws, job, "details/zh.auxiliary-translation-details.json"))["details"]
    assert "error" in details[0]["auxiliaryData"] and output(aws, job, details[1]["targetFile"])
    assert aws.billed == paid * 3 // 2
    aws.faults.append(Fault("import", "failed"))
    assert pairs(aws, "en,zh\na,b\n")["Status"] == "FAILED"


BROKEN = {
    "moved": r"\$x\$</span>.*`a &lt; b`",
    "lost-atom": r"^(?!.*s0-1).*s0-4",
    "doubled-atom": r"(s0-1).*\1",
    "translated-atom": r"`[^a<]+ &lt; b`",
    "entities": r"&#96;[^<]*&lt;",
    "spaces": r" <b id=\"s0-2\"> [^<]*<i id=\"s0-3\"> .* </i>  </b> ",
    "empty": r"^<p id=\"s0\"></p>$",
    "untranslated": r"<b id=\"s0-2\">big <i id=\"s0-3\">fish</i></b>",
    "lost-block": r"^$",
    "lost-tag": r"^(?!.*s0-2).*<i id=\"s0-3\">.*</i>",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_html(aws: Emulator, kind: str) -> None:
    plain = '<p id="s9">!</p>\n'
    good = translated(aws, plain + BLOCK, TargetLanguageCodes=["de"])
    aws.faults.append(Fault("job", kind, match="fish"))
    body = translated(aws, plain + BLOCK, TargetLanguageCodes=["de"], ClientToken="2")
    assert body != good and body.startswith(plain) and not aws.faults
    assert re.search(BROKEN[kind], body.removeprefix(plain).strip())
    assert not re.search(BROKEN[kind], good.removeprefix(plain).strip())
    aws.faults.append(Fault("job", kind, match="*"))
    twice = translated(aws, BLOCK + BLOCK.replace("s0", "s1"), TargetLanguageCodes=["de"], ClientToken="3")
    one, _, two = twice.partition("\n")
    assert re.search(BROKEN[kind], one) and two.strip() == one.replace("s0", "s1")


def test_another_s3_server_may_hold_the_files(aws: Emulator) -> None:
    url = aws.url
    with Emulator(s3_url=url) as second:
        # moto's state is one in the process, and the second one has emptied it.
        aws.client("s3").create_bucket(Bucket="book")
        put(aws, "in/0.html", HEAD + BLOCK + FOOT)
        assert second.environment["AWS_ENDPOINT_URL_S3"] == url != second.environment["AWS_ENDPOINT_URL"]
        assert finished(second)["JobStatus"] == "COMPLETED"
