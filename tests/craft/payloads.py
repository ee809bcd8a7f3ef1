"""One payload for each task that is put in words, of one small story."""

from aiuteur.craft.passages import pieces
from aiuteur.digest import Json
from aiuteur.film.bible import Character, Location, Period, PlaceKind, Prop, Style, TimeOfDay, Wardrobe
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.noun import Passage
from aiuteur.film.screenplay import Element, ElementKind, ScriptScene, SlugLine
from aiuteur.film.shots import Scene
from aiuteur.film.story import Beat, Turn

STORY = (
    "Ada Bell hurried along Harbour Street with a lantern in her hand. Rain fell.\n\n“Is anyone there?” she whispered. "
    "Nobody answered.\n\nAt the end of the quay the ferryman lifted his lamp."
)
NARRATIVE = Narrative(title="The Lantern", author="A. Writer", text=STORY, format=SourceFormat.PROSE)
BRIEF = Brief(length_seconds=30, genres=("mystery",), tone="quiet dread")
FIRST = Passage(start=pieces(STORY)[0].start, end=pieces(STORY)[0].end)
BEAT = Beat(id="b1", text="Ada looks for the ferryman.", turn=Turn.SETUP, emotion="unease", passages=(FIRST,), seconds=27.6)
SCENE = ScriptScene(
    id="s1", number="1", slug=SlugLine(int_ext="EXT.", place="HARBOUR STREET", time="NIGHT"), seconds=27.6, beats=("b1",),
    passages=(FIRST,), elements=(
        Element(kind=ElementKind.ACTION, text="Ada hurries along the quay with a lantern."),
        Element(kind=ElementKind.CHARACTER, text="ADA BELL"), Element(kind=ElementKind.DIALOGUE, text="Is anyone there?"),
    ),
)
ADA = Character(id="ada", name="Ada Bell", wardrobe=Wardrobe(garments=("long coat",), colours=("#224466",)))
QUAY = Location(id="quay", name="Harbour Street", place=PlaceKind.STREET, interior=False)
LAMP = Prop(id="lamp", name="lantern", description="A brass lantern.", owner="ada")
NOIR = Style(id="y", name="Noir", period=Period.VICTORIAN, palette=("#101018",), description="Ink and lamplight.")
BROKEN_DOWN = Scene(
    id="s1", number="1", slug="EXT. HARBOUR STREET - NIGHT", location_id="quay", cast=("ada",), props=("lamp",),
    time_of_day=TimeOfDay.NIGHT, mood="tense", excerpt="Ada hurries along the quay.", end_state="She stands alone in the rain.",
)

_STORY: dict[str, Json] = {"narrative": NARRATIVE.document(), "brief": BRIEF.document()}
_ENTRIES: list[Json] = [
    {"id": "ada", "kind": "character", "name": "Ada Bell", "aliases": []},
    {"id": "quay", "kind": "location", "name": "Harbour Street", "aliases": [], "place": "street", "interior": False},
    {"id": "lamp", "kind": "prop", "name": "lantern"},
]
PAYLOADS: dict[str, dict[str, Json]] = {
    "treatment": _STORY,
    "beats": {**_STORY, "variant": {"angle": "hers", "logline": "A girl looks for a ferryman.", "prose": "Rain.",
                                    "passages": [FIRST.document()]}},
    "script": {**_STORY, "beats": [BEAT.document()]},
    "bible": {**_STORY, "script": {"title": "The Lantern", "scenes": [SCENE.document()]}},
    "breakdown": {"scene": SCENE.document(), "entries": _ENTRIES, "narrative_language": "en"},
    "shot_list": {
        "scene": BROKEN_DOWN.document(), "script": SCENE.document(), "seconds": 27.6, "max_seconds": 8.0,
        "cast": [{"id": "ada", "name": "Ada Bell", "weight": "lead", "sex": "female"}], "location": QUAY.document(),
        "props": [{"id": "lamp", "name": "lantern"}], "brief": {"aspect_ratio": "16:9", "quality_tier": "standard"},
    },
    "looks": {"scene": {"excerpt": "Rain.", "end_state": "Wet.", "text": "Ada hurries."},
              "entry": {"id": "ada", "kind": "character", "name": "Ada Bell", "aliases": [], "wardrobe": ADA.wardrobe.document()},
              "previous": None},
    "review_frame": {"width": 1280, "height": 720},
    "review_clip": {"width": 1280, "height": 720},
}
