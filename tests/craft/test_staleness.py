"""Staleness: derived from digests alone, told with causes, cut off where nothing changed, and held to a simple model."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiuteur.craft.staleness import Cause, Finding, State, Traced, derive, say, say_path
from aiuteur.craft.world import ABSENT, Key

SUE = Key("bible", "sue")
SHOT = Key("shot_list", "s1")
CLIP = Key("clips", "s1")
ORDER = ("bible", "shot_list", "clips", "film")


def _made(*reads: tuple[Key, str, str], **fields: str) -> Traced:
    """An item with these field digests, made from (item, field, digest) reads."""
    return Traced("".join(fields.values()), fields, {key.path(name): mark for key, name, mark in reads})


def _lane() -> dict[Key, Traced]:
    return {
        SUE: _made(name="n1", wardrobe="w1"),
        SHOT: _made((SUE, "name", "n1"), action="a1"),
        CLIP: _made((SHOT, "action", "a1"), (SUE, "wardrobe", "w1"), video="v1"),
    }


def test_what_was_made_from_what_is_there_is_current() -> None:
    assert set(derive(_lane(), _lane(), ORDER).values()) == {Finding(State.CURRENT)}


def test_a_moved_path_is_named_and_an_unread_one_stales_nothing() -> None:
    lane = _lane()
    lane[SUE] = _made(name="n1", wardrobe="w2")
    found = derive(lane, lane, ORDER)
    assert found[SHOT] == Finding(State.CURRENT)
    assert found[CLIP] == Finding(State.STALE, (Cause("bible:sue:wardrobe", "w1", "w2"),))


def test_staleness_reaches_down_without_a_cause_of_its_own() -> None:
    lane = _lane()
    lane[SUE] = _made(name="n2", wardrobe="w1")
    found = derive(lane, lane, ORDER)
    assert found[SHOT].causes == (Cause("bible:sue:name", "n1", "n2"),)
    assert found[CLIP] == Finding(State.STALE, upstream=True)


def test_an_upstream_made_again_to_the_same_content_ends_it_there() -> None:
    lane = _lane()
    lane[SUE] = _made(name="n2", wardrobe="w1")
    lane[SHOT] = _made((SUE, "name", "n2"), action="a1")
    assert derive(lane, lane, ORDER)[CLIP] == Finding(State.CURRENT)


def test_what_was_looked_for_and_came_since_is_a_cause_and_so_is_what_went() -> None:
    prop = Key("bible", "oar")
    lane = {SUE: _made(name="n1"), SHOT: _made((prop, "name", ABSENT), (SUE, "name", "n1"), action="a1")}
    assert derive(lane, (), ORDER)[SHOT] == Finding(State.CURRENT)
    assert derive({**lane, prop: _made(name="o1")}, (), ORDER)[SHOT].causes == (Cause("bible:oar:name", ABSENT, "o1"),)
    assert derive({SHOT: lane[SHOT]}, (), ORDER)[SHOT].causes == (Cause("bible:sue:name", "n1", ABSENT),)


def test_what_is_expected_and_not_there_is_missing_and_its_readers_wait() -> None:
    lane = _lane()
    del lane[SHOT]
    found = derive(lane, [SUE, SHOT, CLIP], ORDER)
    assert (found[SHOT], found[CLIP]) == (Finding(State.MISSING), Finding(State.STALE, upstream=True))


def test_an_item_with_every_version_rejected_is_missing_and_blocks_its_readers() -> None:
    lane = _lane()
    lane[SUE] = replace(lane[SUE], fields={}, rejected=True)
    found = derive(lane, lane, ORDER)
    assert [found[key].state for key in (SUE, SHOT, CLIP)] == [State.MISSING, State.BLOCKED, State.BLOCKED]


def test_a_pinned_item_whose_inputs_moved_is_stale_like_any_other() -> None:
    lane = _lane()
    lane[SUE], lane[SHOT] = _made(name="n2", wardrobe="w1"), replace(lane[SHOT], pinned=True)
    assert derive(lane, lane, ORDER)[SHOT].state is State.STALE


def test_items_of_one_artifact_that_read_each_other_in_any_order_are_followed() -> None:
    lane = {Key("looks", f"{n}/sue"): _made((Key("looks", f"{n + 1}/sue"), "tags", "t"), tags="t") for n in range(2000)}
    found = derive(lane, (), ("looks",))
    assert [found[Key("looks", f"{n}/sue")].state for n in (0, 1999)] == [State.STALE] * 2
    assert found[Key("looks", "0/sue")].upstream
    assert found[Key("looks", "1999/sue")].causes


def test_findings_come_in_the_order_of_the_stages() -> None:
    assert [key.artifact for key in derive(_lane(), (), ORDER)] == ["bible", "shot_list", "clips"]


@pytest.mark.parametrize(("path", "said"), [
    ("bible:sue:wardrobe", "character Sue: wardrobe"),
    ("beats:b7:text", "beat 7: text"),
    ("shot_list:s1:cinematography", "shot 3A: cinematography"),
    ("frames:s1/end:picture", "frame 3A end: picture"),
    ("clips:s1:video", "clip of shot 3A: video"),
    ("script::scenes.x3", "script: scene 3"),
    ("brief::aspect_ratio", "brief: aspect ratio"),
    ("order:scenes:ids", "order of scenes"),
    ("order:x3:ids", "order of the shots of scene 3"),
    ("scenes:unlabelled:mood", "scene unlabelled: mood"),
])
def test_a_cause_is_said_in_a_persons_words(path: str, said: str) -> None:
    labels = {SUE: "character Sue", Key("beats", "b7"): "7", SHOT: "3A", Key("scenes", "x3"): "3"}
    assert say(Cause(path, "a", "b"), labels) == said


def test_a_cause_says_what_came_and_what_went() -> None:
    labels = {SUE: "character Sue"}
    assert say(Cause("bible:sue:name", "n1", ABSENT), labels) == "character Sue: name (gone)"
    assert say(Cause("bible:sue:name", ABSENT, "n1"), labels) == "character Sue: name (new)"


LAYERS, WIDTH = 4, 3
PLACE = st.tuples(st.integers(0, LAYERS - 1), st.integers(0, WIDTH - 1))
READS = st.dictionaries(PLACE, st.sets(PLACE, max_size=3), max_size=LAYERS * WIDTH)
STEPS = st.lists(st.tuples(st.sampled_from(["edit", "make", "remove"]), PLACE), max_size=25)


def _key(place: tuple[int, int]) -> Key:
    return Key(f"layer{place[0]}", str(place[1]))


class _Model:
    """A film as a plain function: what an item holds follows from its own word and what it reads, all of it kept by value."""

    def __init__(self, reads: dict[tuple[int, int], set[tuple[int, int]]]) -> None:
        self.reads = {place: sorted(up for up in ups if up[0] < place[0]) for place, ups in reads.items()}
        self.words: dict[tuple[int, int], int] = {}
        self.values: dict[tuple[int, int], str] = {}
        self.seen: dict[tuple[int, int], dict[tuple[int, int], str]] = {}

    def make(self, place: tuple[int, int]) -> None:
        self.seen[place] = {up: self.values.get(up, ABSENT) for up in self.reads.get(place, ())}
        # Half of what is read is lost on the way, so that early cut-off has something to do.
        self.values[place] = f"{self.words.get(place, 0)}|{'|'.join(value[:1] for value in self.seen[place].values())}"

    def stale(self, place: tuple[int, int]) -> bool:
        return any(self.values.get(up, ABSENT) != value or (up in self.values and self.stale(up))
                   for up, value in self.seen[place].items())

    def traced(self) -> dict[Key, Traced]:
        return {_key(place): Traced(value, {"it": value}, {_key(up).path("it"): mark for up, mark in self.seen[place].items()})
                for place, value in self.values.items()}


@settings(max_examples=150, deadline=None)
@given(reads=READS, steps=STEPS)
def test_derived_staleness_is_the_models_and_freshly_made_is_never_stale(
    reads: dict[tuple[int, int], set[tuple[int, int]]], steps: list[tuple[str, tuple[int, int]]],
) -> None:
    model = _Model(reads)
    order = [f"layer{n}" for n in range(LAYERS)]
    for place in sorted((layer, n) for layer in range(LAYERS) for n in range(WIDTH)):
        model.make(place)
    for verb, place in steps:
        if verb == "remove":
            model.values.pop(place, None)
            model.seen.pop(place, None)
        else:
            model.words[place] = model.words.get(place, 0) + (verb == "edit")
            model.make(place)
        found = derive(model.traced(), (), order)
        assert {key for key, finding in found.items() if finding.state is State.STALE} == {
            _key(item) for item in model.values if model.stale(item)
        }
        if verb != "remove":
            assert not found[_key(place)].causes
    for place in sorted(model.values):
        model.make(place)
    assert {finding.state for finding in derive(model.traced(), (), order).values()} <= {State.CURRENT}


def _thousand_shots() -> dict[Key, Traced]:
    lane: dict[Key, Traced] = {Key("bible", f"c{n}"): _made(name="n", wardrobe="w", traits="t") for n in range(20)}
    for n in range(1000):
        people = [Key("bible", f"c{(n + step) % 20}") for step in range(2)]
        cast = [(person, name, name[0]) for person in people for name in ("name", "wardrobe", "traits")]
        shot, prompt = Key("shot_list", f"s{n}"), Key("prompts", f"s{n}")
        lane[shot] = _made((Key("scenes", f"x{n // 16}"), "mood", ABSENT), action="a", duration="d", dialogue="l")
        lane |= {Key("looks", f"s{n}/c{step}"): _made(cast[step], tags="g") for step in range(4)}
        lane[prompt] = _made((shot, "action", "a"), (shot, "dialogue", "l"), *cast, frame="f", video="v", picture="p")
        lane |= {Key("frames", f"s{n}/{end}"): _made((prompt, "frame", "f"), (prompt, "picture", "p"), picture="i")
                 for end in ("start", "end")}
        lane[Key("clips", f"s{n}")] = _made((prompt, "video", "v"), (Key("frames", f"s{n}/start"), "picture", "i"), video="m")
        lane[Key("dailies", f"clips/s{n}")] = _made((Key("clips", f"s{n}"), "video", "m"), score="q")
    return lane


def test_a_thousand_shots_are_judged_in_milliseconds() -> None:
    lane = _thousand_shots()
    lane[Key("bible", "c3")] = _made(name="n", wardrobe="other", traits="t")
    order = ("bible", "scenes", "shot_list", "looks", "prompts", "frames", "clips", "dailies")
    times: list[float] = []
    found: dict[Key, Finding] = {}
    for _ in range(5):
        started = time.process_time()
        found = derive(lane, lane, order)
        times.append(time.process_time() - started)
    assert len(found) > 10_000
    assert sum(bool(finding.causes) for finding in found.values()) > 100
    assert min(times) < 0.04


def test_a_path_of_a_key_image_names_the_image() -> None:
    labels = {Key("bible", "b7"): "character Sue", Key("bible", "b7/image"): "Sue"}
    assert say_path("bible:b7/image:picture", labels) == "key image of Sue: picture"
    assert say_path("bible:b7:wardrobe", labels) == "character Sue: wardrobe"
