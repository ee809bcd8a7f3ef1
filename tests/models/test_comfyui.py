"""ComfyUI by its HTTP API: workflows filled in, queued under an id of ours, found again by it."""

import asyncio
import json
from pathlib import Path

import pytest

from aiuteur.errors import Corrupt, InvalidInput, NotFound, Unavailable
from aiuteur.film.crew import Role
from aiuteur.models.catalogue import engage
from aiuteur.models.comfyui.workflow import filled, places, template
from aiuteur.models.protocols import Ended, Pending, Reply, Submitting
from tests.models.asked import clip, frame
from tests.wire.serving import Services


def comfy(serve: Services, role: Role, **given: object) -> Submitting:
    name = "clip" if role is Role.CINEMATOGRAPHER else "picture"
    maker = engage("comfyui", name, role, serve.settings().model_copy(update=given))
    assert isinstance(maker, Submitting)
    return maker


@pytest.mark.parametrize("name", ["picture", "clip"])
def test_every_place_of_a_workflow_is_one_we_fill(name: str) -> None:
    known = {"prompt", "negative", "seed", "width", "height", "frames", "start_frame", "end_frame"}
    assert places(template(name, None)) <= known


def test_a_place_that_stands_alone_becomes_a_number_and_words_stay_words() -> None:
    nodes = {"1": {"class_type": "X", "inputs": {"seed": "{{seed}}", "text": "a {{prompt}} at {{width}}"}}}
    made = filled(nodes, {"seed": 7, "prompt": '"quoted" {{seed}}', "width": 64})
    assert made["1"]["inputs"] == {"seed": 7, "text": 'a "quoted" {{seed}} at 64'}
    with pytest.raises(InvalidInput, match="asks for width"):
        filled(nodes, {"seed": 7, "prompt": "x"})


def test_a_picture_and_a_clip_are_made_by_their_workflows(serve: Services) -> None:
    picture = asyncio.run(comfy(serve, Role.ILLUSTRATOR).make(frame()))
    assert (picture.media[0].width, picture.media[0].height) == (1280, 720)
    film = asyncio.run(comfy(serve, Role.CINEMATOGRAPHER).make(clip(3.5)))
    assert film.media[0].seconds == pytest.approx(85 / 24, abs=0.01)
    assert len(serve.posts("/prompt")) == 2


def test_a_call_whose_answer_was_lost_is_found_by_its_intent(serve: Services) -> None:
    maker = comfy(serve, Role.ILLUSTRATOR)
    serve.fault("drop_after", route="POST /prompt")

    async def lost_and_found() -> tuple[str | None, str | None, Reply | Pending | Ended]:
        nothing = await maker.find("intent-3")
        with pytest.raises(Exception, match="cut off"):
            await maker.submit(frame(), "intent-3")
        found = await maker.find("intent-3")
        return nothing, found, await maker.poll("intent-3")

    nothing, found, reply = asyncio.run(lost_and_found())
    assert (nothing, found) == (None, "intent-3")
    assert isinstance(reply, Reply)
    assert len(serve.posts("/prompt")) == 1


def test_what_goes_wrong_in_a_workflow_is_told(serve: Services) -> None:
    maker = comfy(serve, Role.ILLUSTRATOR)

    async def asked(fault: str) -> Reply | Pending | Ended:
        serve.fault(fault, route="POST /prompt")
        return await maker.poll(await maker.submit(frame(), fault))

    ended = asyncio.run(asked("failed"))
    assert isinstance(ended, Ended)
    assert "KSampler: CUDA out of memory" in ended.reason
    assert isinstance(asyncio.run(asked("never_ends")), Pending)
    with pytest.raises(NotFound):
        asyncio.run(asked("lost"))
    with pytest.raises(Corrupt):
        asyncio.run(asked("wrong_media"))


def test_a_workflow_of_ones_own_takes_the_place_of_ours(serve: Services, tmp_path: Path) -> None:
    (tmp_path / "picture.json").write_text(json.dumps({"1": {"class_type": "Mine", "inputs": {"text": "{{prompt}}"}}}))
    maker = comfy(serve, Role.ILLUSTRATOR, comfyui_workflows=tmp_path)
    assert asyncio.run(maker.make(frame())).media[0].width == 512
    (tmp_path / "picture.json").write_text("{}}")
    with pytest.raises(InvalidInput, match="no JSON"):
        comfy(serve, Role.ILLUSTRATOR, comfyui_workflows=tmp_path)


def test_nobody_at_the_address_is_said(serve: Services) -> None:
    with pytest.raises(Unavailable, match="cannot be reached"):
        asyncio.run(comfy(serve, Role.ILLUSTRATOR, comfyui_url="http://127.0.0.1:9").submit(frame(), "x"))
