"""What each provider's makers make of what comes back: content, bytes, usage, refusals, and answers that are none."""

import asyncio
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from aiuteur.craft.prices import Book, Listing
from aiuteur.errors import Corrupt, InvalidInput, NotFound, Refused, Unavailable
from aiuteur.film.crew import Role
from aiuteur.film.story import Treatment
from aiuteur.models import pricing
from aiuteur.models.catalogue import engage
from aiuteur.models.protocols import Declined, Ended, Malformed, Pending, Reference, Repair, Reply, Request, Spoiled, Submitting
from aiuteur.registry.database import Registry
from tests.models.asked import FRAME, GATEWAY, STORY, clip, frame, line, treatment
from tests.models.buying import CLIP, Shop, run
from tests.models.buying import clip as filmed
from tests.wire.serving import Services

WRITERS = [("google", "gemini-3.8-flash"), ("openai", "gpt-6.1-terra"), ("compatible", "words-1")]
ILLUSTRATORS = [("google", "gemini-nano-banana-2.1"), ("openai", "gpt-image-2.5-flare"), ("compatible", "pictures-1")]
VOICES = [("google", "gemini-3.8-flash-tts"), ("openai", "gpt-4o-mini-tts"), ("compatible", "speech-1")]
CAMERAS = [("google", "gemini-omni-1.2-flash"), ("google", "veo-3.1-generate-001"), ("compatible", "clips-1")]


def made(serve: Services, who: tuple[str, str], role: Role, request: Request) -> Reply:
    return asyncio.run(engage(*who, role, serve.settings(google_enterprise=True, models_file=GATEWAY)).make(request))


def camera(serve: Services, who: tuple[str, str]) -> Submitting:
    maker = engage(*who, Role.CINEMATOGRAPHER, serve.settings(google_enterprise=True, models_file=GATEWAY))
    assert isinstance(maker, Submitting)
    return maker


async def finished(maker: Submitting, request: Request) -> Reply | Ended | Pending:
    operation = await maker.submit(request, "intent-1")
    return await maker.poll(operation)


@pytest.mark.parametrize("who", WRITERS, ids=lambda who: who[0])
def test_words_become_the_content_of_their_task(who: tuple[str, str], serve: Services) -> None:
    reply = made(serve, who, Role.WRITER, treatment())
    found = Treatment.model_validate(reply.content)
    assert len(found.variants) == 3
    assert {"input", "output"} <= set(reply.usage)
    assert serve.bill().lines[0]["usage"] == reply.usage
    passage = found.variants[0].passages[0]
    assert STORY[passage.start:passage.end].startswith("Nell climbed")


@pytest.mark.parametrize("who", WRITERS, ids=lambda who: who[0])
@pytest.mark.parametrize("fault", ["malformed", "wrong_schema", "cut_off"])
def test_words_that_are_not_what_was_asked_come_with_what_they_cost(who: tuple[str, str], fault: str, serve: Services) -> None:
    serve.fault(fault)
    with pytest.raises(Malformed) as caught:
        made(serve, who, Role.WRITER, treatment())
    assert caught.value.reply.usage == serve.bill().lines[0]["usage"]
    assert caught.value.answer


@pytest.mark.parametrize("who", WRITERS, ids=lambda who: who[0])
def test_an_answer_is_mended_in_view_of_what_was_wrong(who: tuple[str, str], serve: Services) -> None:
    request = replace(treatment(), repair=Repair('{"title": 3}', "variants: Field required"))
    assert Treatment.model_validate(made(serve, who, Role.WRITER, request).content)
    assert serve.bill().lines[0]["usage"]["input"] > made(serve, who, Role.WRITER, treatment()).usage["input"]  # pyright: ignore[reportOperatorIssue] - a number


@pytest.mark.parametrize("who", WRITERS, ids=lambda who: who[0])
def test_a_refusal_in_words_is_declined_and_paid_for(who: tuple[str, str], serve: Services) -> None:
    serve.fault("refusal")
    with pytest.raises(Declined) as caught:
        made(serve, who, Role.WRITER, treatment())
    assert caught.value.reply.usage == serve.bill().lines[0]["usage"]


@pytest.mark.parametrize("who", ILLUSTRATORS, ids=lambda who: who[0])
def test_a_picture_comes_with_its_size_and_usage(who: tuple[str, str], serve: Services) -> None:
    shown = [Reference(role, f"{n}", "image/png", FRAME) for n, role in enumerate(("key_image", "refine", "layer"))]
    plain, edited = made(serve, who, Role.ILLUSTRATOR, frame()), made(serve, who, Role.ILLUSTRATOR, frame(*shown))
    assert plain.media[0].width in {1024, 1280}
    assert edited.media[0].data.startswith(b"\x89PNG")
    assert [line["usage"] for line in serve.bill().lines] == [plain.usage, edited.usage]
    assert edited.usage["image_input"] in {2 * 258, 2 * 400}


@pytest.mark.parametrize("who", ILLUSTRATORS, ids=lambda who: who[0])
def test_a_picture_that_is_none_is_corrupt(who: tuple[str, str], serve: Services) -> None:
    serve.fault("wrong_media")
    with pytest.raises(Spoiled) as caught:
        made(serve, who, Role.ILLUSTRATOR, frame())
    assert caught.value.reply.usage == serve.bill().lines[0]["usage"]


@pytest.mark.parametrize("who", ILLUSTRATORS, ids=lambda who: who[0])
def test_a_filtered_picture_is_refused(who: tuple[str, str], serve: Services) -> None:
    serve.fault("refusal")
    with pytest.raises(Refused):
        made(serve, who, Role.ILLUSTRATOR, frame())


@pytest.mark.parametrize("who", VOICES, ids=lambda who: who[0])
def test_a_sound_that_is_none_is_corrupt_and_comes_with_what_it_used(who: tuple[str, str], serve: Services) -> None:
    serve.fault("wrong_media")
    with pytest.raises(Spoiled) as caught:
        made(serve, who, Role.VOICE, line())
    assert caught.value.reply.usage == serve.bill().lines[0]["usage"]


@pytest.mark.parametrize("who", VOICES, ids=lambda who: who[0])
def test_a_line_is_spoken_in_the_houses_sound(who: tuple[str, str], serve: Services) -> None:
    reply = made(serve, who, Role.VOICE, line())
    assert reply.media[0].data.startswith(b"RIFF")
    assert isinstance(reply.content, dict)
    assert reply.content["fits"] is True
    assert reply.media[0].seconds == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize("who", CAMERAS, ids=lambda who: who[1])
def test_a_clip_is_as_long_as_the_model_makes_one(who: tuple[str, str], serve: Services) -> None:
    reply = asyncio.run(finished(camera(serve, who), clip(3.5, end=True)))
    assert isinstance(reply, Reply)
    assert reply.media[0].seconds == pytest.approx(4.0)
    assert reply.usage == serve.bill().lines[0]["usage"]
    keeps_intents = who[0] == "google"
    assert serve.bill().lines[0]["intent"] == ("intent-1" if keeps_intents else None)


@pytest.mark.parametrize("who", CAMERAS, ids=lambda who: who[1])
@pytest.mark.parametrize(("fault", "means"), [("refusal", Declined), ("lost", NotFound), ("wrong_media", Corrupt)])
def test_an_operation_that_ends_badly_says_how(
    who: tuple[str, str], fault: str, means: type[Exception], serve: Services,
) -> None:
    serve.fault(fault)
    with pytest.raises(means):
        asyncio.run(finished(camera(serve, who), clip()))


@pytest.mark.parametrize("who", CAMERAS, ids=lambda who: who[1])
def test_an_operation_that_fails_or_never_ends_is_no_error(who: tuple[str, str], serve: Services) -> None:
    serve.fault("failed")
    assert isinstance(asyncio.run(finished(camera(serve, who), clip())), Ended)
    serve.fault("never_ends")
    assert isinstance(asyncio.run(finished(camera(serve, who), clip())), Pending)


def test_a_clip_that_cannot_be_read_is_spoiled_and_told_at_what_it_used(serve: Services) -> None:
    serve.fault("garbled")
    with pytest.raises(Spoiled, match="no base64") as caught:
        asyncio.run(finished(camera(serve, CAMERAS[0]), clip()))
    assert caught.value.reply.usage == serve.bill().lines[0]["usage"]


@pytest.mark.parametrize("fault", [None, "garbled", "garbled_nan", "garbled_endless", "garbled_negative", "garbled_absurd"])
def test_a_length_that_no_clip_has_leaves_its_cost_unknown(
    fault: str | None, registry: Registry, tmp_path: Path, serve: Services, monkeypatch: pytest.MonkeyPatch,
) -> None:
    priced = Book([Listing("compatible", "clips-1", "its page", second={"1280x720": Decimal("0.1")})])
    monkeypatch.setattr(pricing, "book", lambda: priced)
    shop = Shop.opened(registry, tmp_path, serve, models_file=str(GATEWAY))
    if fault is not None:
        serve.fault(fault)
    crew = shop.crew(shop.maker("compatible/clips-1", Role.CINEMATOGRAPHER), role=Role.CINEMATOGRAPHER)
    bought = run(lambda: crew.ask(Role.CINEMATOGRAPHER, filmed(), CLIP, {}), crew)
    assert bought.first("video")
    assert shop.booked() == [("COMPLETED", None if fault else Decimal("0.4"))]


def test_a_download_that_breaks_off_begins_anew_by_itself(serve: Services) -> None:
    serve.fault("truncated", route="GET .*content", times=2)
    assert isinstance(asyncio.run(finished(camera(serve, CAMERAS[2]), clip())), Reply)
    assert (len(serve.posts()), sum("content" in one["path"] for one in serve.log())) == (1, 3)


def test_a_download_that_breaks_off_in_the_providers_client_is_fetched_by_the_next_poll(serve: Services) -> None:
    serve.fault("truncated", route="GET .*files")
    maker = camera(serve, CAMERAS[0])

    async def twice() -> Reply | Ended | Pending:
        operation = await maker.submit(clip(), "")
        with pytest.raises(Unavailable):
            await maker.poll(operation)
        return await maker.poll(operation)

    assert isinstance(asyncio.run(twice()), Reply)
    assert len(serve.posts()) == 1


@pytest.mark.parametrize(("who", "route"), [(CAMERAS[0], "GET .*files"), (CAMERAS[2], "GET .*content")], ids=["omni", "gateway"])
def test_a_download_that_never_ends_is_given_up_and_told_at_what_it_used(
    who: tuple[str, str], route: str, serve: Services, monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in ("google.omni", "openai.videos"):
        monkeypatch.setattr(f"aiuteur.models.{module}.MAX_BYTES", 2_000_000)
    serve.fault("endless", route=route)
    with pytest.raises(Spoiled, match="MiB") as caught:
        asyncio.run(finished(camera(serve, who), clip()))
    assert caught.value.reply.usage == serve.bill().lines[0]["usage"]


def test_a_shot_longer_than_any_clip_is_refused_before_it_is_sent(serve: Services) -> None:
    with pytest.raises(Refused, match="at most 8 s"):
        asyncio.run(finished(camera(serve, CAMERAS[1]), clip(9.0)))
    assert serve.posts() == []


def test_a_clip_is_found_again_in_its_intents_folder(serve: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", serve.address)
    settings = serve.settings(google_enterprise=True, google_output="gs://films/takes")
    maker = engage(*CAMERAS[1], Role.CINEMATOGRAPHER, settings)
    assert isinstance(maker, Submitting)

    async def lost_and_found() -> tuple[str | None, Reply | Ended | Pending]:
        assert await maker.find("intent-9") is None
        await maker.submit(clip(), "intent-9")
        operation = await maker.find("intent-9")
        assert operation is not None
        return operation, await maker.poll(operation)

    operation, reply = asyncio.run(lost_and_found())
    assert operation == "gs://films/takes/intents/intent-9/sample_0.mp4"
    assert isinstance(reply, Reply)


def test_what_has_no_words_is_not_sent(serve: Services) -> None:
    with pytest.raises(InvalidInput):
        made(serve, WRITERS[0], Role.WRITER, Request("treatment", {}))
    assert serve.posts() == []
