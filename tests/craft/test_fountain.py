"""Fountain both ways, and Final Draft into it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiuteur.craft import fdx, fountain
from aiuteur.errors import InvalidInput
from aiuteur.film.screenplay import Element, ElementKind, ScriptScene, SlugLine

SCRIPT = """Title: _**The Ferry**_
Credit: by
Author:
    Ann Writer

FADE IN:

INT. BOAT HOUSE - DAWN #12A#

Rain on the roof. [[mind the
budget]]
She waits.

@McTavish (O.S.)
(softly)
Are you there?
I brought the lamp.

ANN ^
No.

/* cut this
whole part */

> SMASH CUT:

.THE RIVER AT NIGHT #13#

!INT. is painted on the hull

~ and the water ran on
~ and on

> THE END <

EXT./INT. CAR - DUSK

CUT TO:
"""


def test_a_screenplay_is_read_element_by_element() -> None:
    parsed = fountain.parse(SCRIPT)
    assert (parsed.title, parsed.author) == ("The Ferry", "Ann Writer")
    assert [scene.number for scene in parsed.scenes] == ["12A", "13", "1"]
    first, second, third = parsed.scenes
    assert str(first.slug) == "INT. BOAT HOUSE - DAWN"
    assert [(element.kind.value, element.text) for element in first.elements] == [
        ("transition", "FADE IN:"),
        ("action", "Rain on the roof.\nShe waits."),
        ("character", "McTavish"),
        ("parenthetical", "softly"),
        ("dialogue", "Are you there?"),
        ("dialogue", "I brought the lamp."),
        ("character", "ANN"),
        ("dialogue", "No."),
        ("transition", "SMASH CUT:"),
    ]
    assert first.elements[2].extension == "O.S."
    assert first.elements[6].dual
    assert second.slug == SlugLine(int_ext="", place="THE RIVER AT NIGHT")
    assert [element.text for element in second.elements] == [
        "INT. is painted on the hull",
        "and the water ran on\nand on",
        "> THE END <",
    ]
    assert third.slug == SlugLine(int_ext="EXT./INT.", place="CAR", time="DUSK")


def test_what_was_read_is_written_and_read_the_same() -> None:
    once = fountain.parse(SCRIPT)
    again = fountain.parse(fountain.render(once.title or "", once.author, once.scenes))
    assert again == once


_LINE = (
    st.text(st.characters(categories=["L", "N", "P", "Zs"], exclude_characters="*/[]\x85\u2028\u2029"), min_size=1, max_size=40)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: any(sign.isalnum() for sign in text) and text[0].isalnum() and text[-1].isalnum())
)
_NAME = st.sampled_from(["ANN", "McTavish", "OLD MAN", "李", "DR. VALE"])


@st.composite
def _scene(draw: st.DrawFn) -> ScriptScene:
    elements: list[Element] = []
    for _ in range(draw(st.integers(0, 4))):
        if draw(st.booleans()):
            elements.append(Element(kind=ElementKind.ACTION, text=draw(_LINE)))
        else:
            elements.append(
                Element(
                    kind=ElementKind.CHARACTER,
                    text=draw(_NAME),
                    extension=draw(st.sampled_from([None, "V.O."])),
                    dual=draw(st.booleans()),
                )
            )
            elements.append(Element(kind=ElementKind.DIALOGUE, text=draw(_LINE)))
    slug = SlugLine(
        int_ext=draw(st.sampled_from(["INT.", "EXT.", "INT./EXT."])),
        place="PLACE",
        time=draw(st.sampled_from([None, "DAY", "NIGHT"])),
    )
    return ScriptScene(id="", number="1", slug=slug, elements=tuple(elements), seconds=2.0)


@settings(max_examples=150, deadline=None)
@given(st.lists(_scene(), min_size=1, max_size=3))
def test_a_round_trip_keeps_scenes_numbers_and_elements(scenes: list[ScriptScene]) -> None:
    numbered = [scene.model_copy(update={"number": f"{place}A"}) for place, scene in enumerate(scenes, 1)]
    parsed = fountain.parse(fountain.render("A title", "Somebody", numbered)).scenes
    assert [(scene.number, scene.slug, scene.elements) for scene in parsed] == [
        (scene.number, scene.slug, scene.elements) for scene in numbered
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("INT. ROOM - DAY\n\nHe sits.\n\n/* never closed\n", 5),
        ("INT. ROOM - DAY\n\n[[ never closed\n", 3),
        ("Just some words.\n", 1),
        ("INT. ROOM #1#\n\nA.\n\nINT. HALL #1#\n", 5),
        ("INT. ROOM\n\n@Ann\n\nHe goes.\n", 3),
        ("A.\n\nINT.  \n", 3),
        ("INT. ROOM ##\n", 1),
    ],
    ids=["boneyard", "note", "no heading", "number twice", "cue alone", "no place", "broken number"],
)
def test_a_mistake_is_named_with_its_line(text: str, line: int) -> None:
    with pytest.raises(InvalidInput, match=rf"^Line {line}:"):
        fountain.parse(text)


FDX = b"""<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="5"><Content>
<Paragraph Number="7" Type="Scene Heading"><Text>INT. KITCHEN - NIGHT</Text></Paragraph>
<Paragraph Type="Action"><Text>She </Text><Text Style="Bold">waits</Text><Text>.</Text></Paragraph>
<Paragraph><DualDialogue>
<Paragraph Type="Character"><Text>ANN (V.O.)</Text></Paragraph><Paragraph Type="Parenthetical"><Text>(low)</Text></Paragraph>
<Paragraph Type="Dialogue"><Text>Who is there?</Text></Paragraph>
<Paragraph Type="Character"><Text>BEN</Text></Paragraph><Paragraph Type="Dialogue"><Text>Me.</Text></Paragraph>
</DualDialogue></Paragraph>
<Paragraph Number="7A" Type="Scene Heading"><Text>EXT. YARD - DAWN</Text></Paragraph>
<Paragraph Type="Transition"><Text>FADE OUT.</Text></Paragraph>
</Content><TitlePage><Content><Paragraph><Text>The Kitchen</Text></Paragraph><Paragraph><Text>written by</Text></Paragraph>
<Paragraph><Text>A. Person</Text></Paragraph></Content></TitlePage></FinalDraft>"""


def test_final_draft_keeps_numbers_text_and_title_page() -> None:
    parsed = fountain.parse(fdx.to_fountain(FDX))
    assert (parsed.title, parsed.author) == ("The Kitchen", "A. Person")
    assert [(scene.number, str(scene.slug)) for scene in parsed.scenes] == [
        ("7", "INT. KITCHEN - NIGHT"),
        ("7A", "EXT. YARD - DAWN"),
    ]
    assert [(element.kind.value, element.text, element.dual) for element in parsed.scenes[0].elements] == [
        ("action", "She waits.", False),
        ("character", "ANN", False),
        ("parenthetical", "low", False),
        ("dialogue", "Who is there?", False),
        ("character", "BEN", True),
        ("dialogue", "Me.", False),
    ]
    assert parsed.scenes[1].elements[0].kind is ElementKind.TRANSITION


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><FinalDraft><Content>&y;</Content></FinalDraft>',
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><FinalDraft><Content>&x;</Content></FinalDraft>',
        b"<FinalDraft><Content>",
        b"<html/>",
        b"<FinalDraft><Content/></FinalDraft>",
    ],
    ids=["entity bomb", "outside file", "not closed", "other XML", "no scene"],
)
def test_final_draft_that_cannot_be_read_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        fdx.to_fountain(data)
