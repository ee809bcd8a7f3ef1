"""Random edits: any command a person may give to a lane, in any order, on any item.

Belongs here: choosing a command. Does not belong here: whether it is allowed (the desk says so), or what follows from it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from pydantic import TypeAdapter

from aiuteur.craft.world import Key, World
from aiuteur.film import commands as c
from aiuteur.film.bible import Character, Location, Prop
from aiuteur.film.noun import Noun
from aiuteur.film.shots import Pose, Scene, Shot
from aiuteur.film.story import Beat
from aiuteur.film.takes import Prompt

COMMAND_FIELDS: TypeAdapter[c.Fields] = TypeAdapter(c.Fields)
WORDS = tuple(f"word{n}" for n in range(20))
HATS = ("none", "cap", "bowler", "straw", "hood", "top_hat")
TAKES = ("frames", "clips", "looks", "prompts", "shot_list", "scenes")


@dataclass
class Editor:
    """Chooses the next command for a lane, by chance."""

    chance: Random

    def command(self, world: World) -> c.Command | None:
        """A command on this world; None where chance chose something the world has nothing for."""
        makers: Sequence[tuple[int, Callable[[World], c.Command | None]]] = (
            (14, self._shot), (6, self._scene), (5, self._character), (5, self._look), (3, self._prompt), (3, self._beat),
            (8, self._insert), (6, self._delete), (6, self._move), (4, self._split), (12, self._reject), (3, self._deselect),
            (4, self._promote), (8, self._held), (6, self._let_go), (4, self._keep), (6, self._remake), (1, self._variant),
        )
        return self.chance.choices([maker for _, maker in makers], [weight for weight, _ in makers])[0](world)

    def _shot(self, world: World) -> c.Command | None:
        key = self._one(world, "shot_list", Shot)
        if key is None:
            return None
        shot = world.items[key].noun
        assert isinstance(shot, Shot)
        changes: list[c.Fields] = [
            {"action": self._words()}, {"cinematography.lens_mm": self.chance.randrange(20, 120)},
            {"cinematography.movement": self.chance.choice(["static", "push_in", "pan_left"])},
            {"lighting.hardness": round(self.chance.random(), 2)}, {"label": f"{self.chance.randrange(90, 99)}Z"},
        ]
        if shot.dialogue:
            first = shot.dialogue[0].model_copy(update={"text": self._words()})
            changes += [_listing("dialogue", first, *shot.dialogue[1:])] * 2
        if shot.blocking:
            changes.append(_listing("blocking", *(block.model_copy(update={"pose": Pose.KNEELING}) for block in shot.blocking)))
        return c.Edit(item=str(key), changes=self.chance.choice(changes))

    def _scene(self, world: World) -> c.Command | None:
        key = self._one(world, "scenes", Scene)
        changes: Sequence[c.Fields] = (
            {"mood": self._words()}, {"weather": "rain"}, {"end_state": self._words()}, {"time_of_day": "night"},
        )
        return c.Edit(item=str(key), changes=self.chance.choice(changes)) if key else None

    def _character(self, world: World) -> c.Command | None:
        key = self._one(world, "bible", Character)
        changes: Sequence[c.Fields] = (
            {"wardrobe.headwear": self.chance.choice(HATS)}, {"description": self._words()}, {"traits.hair_colour": "#804020"},
        )
        return c.Edit(item=str(key), changes=self.chance.choice(changes)) if key else None

    def _look(self, world: World) -> c.Command | None:
        key = self._any(world, "looks")
        changes: Sequence[c.Fields] = ({"tags": [self.chance.choice(["muddy", "torn", "wet"])]}, {"carry_forward": False})
        return c.Edit(item=str(key), changes=self.chance.choice(changes)) if key else None

    def _prompt(self, world: World) -> c.Command | None:
        key = self._one(world, "prompts", Prompt)
        grain = round(self.chance.random(), 3)
        changes: Sequence[c.Fields] = ({"video": self._words()}, {"frame": self._words()}, {"picture.grain": grain})
        return c.Edit(item=str(key), changes=self.chance.choice(changes)) if key else None

    def _beat(self, world: World) -> c.Command | None:
        key = self._one(world, "beats", Beat)
        return c.Edit(item=str(key), changes={"text": self._words()}) if key else None

    def _insert(self, world: World) -> c.Command | None:
        if self.chance.random() < 0.25:
            scene = self._any(world, "scenes")
            content: c.Fields = {"slug": f"INT. {self.chance.choice(WORDS).upper()} - NIGHT", "text": self._words()}
            return c.Insert(what="scene", content=content, after=str(scene)) if scene else None
        shot = self._any(world, "shot_list")
        return c.Insert(what="shot", content={"action": self._words()}, after=str(shot)) if shot else None

    def _delete(self, world: World) -> c.Command | None:
        artifact = self.chance.choice(["shot_list"] * 6 + ["scenes", "bible"])
        if len(world.of(artifact)) < 4:
            return None
        kind = self.chance.choice([Character, Location, Prop])
        key = self._one(world, artifact, kind) if artifact == "bible" else self._any(world, artifact)
        return c.Delete(items=(str(key),)) if key else None

    def _move(self, world: World) -> c.Command | None:
        artifact = self.chance.choice(["shot_list", "shot_list", "scenes"])
        key, after = self._any(world, artifact), self._any(world, artifact)
        return c.Move(item=str(key), after=str(after)) if key and key != after else None

    def _split(self, world: World) -> c.Command | None:
        key = self._one(world, "shot_list", Shot)
        return c.Split(item=str(key), at=1.0) if key else None

    def _reject(self, world: World) -> c.Command | None:
        key = self._any(world, self.chance.choice(TAKES))
        return c.Reject(items=(str(key),)) if key else None

    def _promote(self, world: World) -> c.Command | None:
        key = self._any(world, self.chance.choice((*TAKES, "script")))
        return c.Promote(item=str(key), version=self.chance.randint(1, world.items[key].n)) if key else None

    def _deselect(self, world: World) -> c.Command | None:
        key = self._any(world, self.chance.choice(["frames", "clips", "looks"]))
        return c.UpdateSceneAsset(item=str(key)) if key else None

    def _held(self, world: World) -> c.Command | None:
        key = self._any(world, self.chance.choice(TAKES))
        return (c.Pin if self.chance.random() < 0.6 else c.Lock)(items=(str(key),)) if key else None

    def _let_go(self, world: World) -> c.Command | None:
        held = sorted(key for key, found in world.items.items() if found.pinned or found.locked)
        if not held:
            return None
        key = self.chance.choice(held)
        return c.Unlock(items=(str(key),)) if world.items[key].locked else c.Unpin(items=(str(key),))

    def _keep(self, world: World) -> c.Command | None:
        held = sorted(key for key, found in world.items.items() if found.pinned)
        return c.Keep(items=(str(self.chance.choice(held)),)) if held else None

    def _remake(self, world: World) -> c.Command | None:
        key = self._any(world, self.chance.choice(["frames", "clips", "looks"]))
        return c.Remake(items=(str(key),)) if key else None

    def _variant(self, world: World) -> c.Command | None:
        return c.SelectVariant(variant=self.chance.randrange(1, 4)) if Key("treatment") in world.items else None

    def _any(self, world: World, artifact: str) -> Key | None:
        keys = sorted(key for key in world.items if key.artifact == artifact)
        return self.chance.choice(keys) if keys else None

    def _one(self, world: World, artifact: str, noun: type) -> Key | None:
        keys = sorted(key for key, found in world.items.items() if key.artifact == artifact and isinstance(found.noun, noun))
        return self.chance.choice(keys) if keys else None

    def _words(self) -> str:
        return " ".join(self.chance.choices(WORDS, k=6)).capitalize() + "."


def _listing(name: str, *parts: Noun) -> c.Fields:
    """A change of one field to a list of nouns."""
    return COMMAND_FIELDS.validate_python({name: [part.document() for part in parts]})
