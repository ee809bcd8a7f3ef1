"""The vocabulary of animals: the nouns that texts call them by, and the coats they have. A table; no rules.

Belongs here: word lists about animals. Does not belong here: who of a story is one (`creatures`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from aiuteur.film.bible import Sex
from aiuteur.film.species import Species


@dataclass(frozen=True, slots=True)
class Noun:
    """What a noun for an animal says: its species, and, where it says so, its sex, its coat, that it is young."""

    species: Species
    sex: Sex = Sex.UNKNOWN
    coat: str | None = None
    young: bool = False


_PLAIN: Final[Mapping[Species, str]] = {
    Species.DOG: "dog hound terrier spaniel poodle mastiff bulldog sheepdog collie greyhound wolfhound watchdog cur",
    Species.WOLF: "wolf hyena jackal coyote",
    Species.FOX: "fox",
    Species.CAT: "cat pussycat lynx leopard",
    Species.LION: "lion",
    Species.TIGER: "tiger",
    Species.BEAR: "bear",
    Species.RABBIT: "rabbit bunny",
    Species.HARE: "hare kangaroo",
    Species.MOUSE: "mouse dormouse shrew vole hamster fieldmouse",
    Species.RAT: "rat water-rat",
    Species.SQUIRREL: "squirrel chipmunk",
    Species.HEDGEHOG: "hedgehog porcupine urchin",
    Species.BADGER: "badger raccoon",
    Species.MOLE: "mole",
    Species.OTTER: "otter beaver seal walrus",
    Species.WEASEL: "weasel stoat ferret mink marten polecat mongoose",
    Species.PIG: "pig boar hog swine",
    Species.HORSE: "horse pony zebra",
    Species.DONKEY: "donkey mule ass",
    Species.COW: "ox buffalo",
    Species.GOAT: "goat",
    Species.SHEEP: "sheep",
    Species.DEER: "deer reindeer elk moose antelope gazelle",
    Species.ELEPHANT: "elephant",
    Species.MONKEY: "monkey ape baboon gorilla chimpanzee orang-utan",
    Species.CROW: "crow raven rook jackdaw magpie blackbird",
    Species.OWL: "owl",
    Species.SONGBIRD: "songbird bird finch thrush starling cuckoo",
    Species.EAGLE: "eagle hawk falcon buzzard vulture",
    Species.HEN: "partridge turkey grouse pheasant",
    Species.DUCK: "duck",
    Species.GOOSE: "goose",
    Species.STORK: "stork heron crane ibis pelican",
    Species.FROG: "frog bullfrog",
    Species.TOAD: "toad",
    Species.TORTOISE: "tortoise turtle terrapin",
    Species.SNAKE: "snake serpent adder viper cobra python",
    Species.CROCODILE: "crocodile alligator lizard salamander newt",
    Species.FISH: "fish carp pike trout salmon herring shark",
    Species.INSECT: "insect ant grasshopper cricket beetle butterfly moth gnat caterpillar ladybird locust",
}
_OF_A_SEX: Final[Mapping[str, tuple[Species, Sex]]] = {
    "vixen": (Species.FOX, Sex.FEMALE), "lioness": (Species.LION, Sex.FEMALE), "tigress": (Species.TIGER, Sex.FEMALE),
    "tomcat": (Species.CAT, Sex.MALE), "sow": (Species.PIG, Sex.FEMALE), "mare": (Species.HORSE, Sex.FEMALE),
    "stallion": (Species.HORSE, Sex.MALE), "cow": (Species.COW, Sex.FEMALE), "bull": (Species.COW, Sex.MALE),
    "billy-goat": (Species.GOAT, Sex.MALE), "nanny-goat": (Species.GOAT, Sex.FEMALE), "ram": (Species.SHEEP, Sex.MALE),
    "ewe": (Species.SHEEP, Sex.FEMALE), "stag": (Species.DEER, Sex.MALE), "hart": (Species.DEER, Sex.MALE),
    "doe": (Species.DEER, Sex.FEMALE), "hind": (Species.DEER, Sex.FEMALE), "hen": (Species.HEN, Sex.FEMALE),
    "cock": (Species.COCK, Sex.MALE), "rooster": (Species.COCK, Sex.MALE), "peacock": (Species.COCK, Sex.MALE),
    "drake": (Species.DUCK, Sex.MALE), "gander": (Species.GOOSE, Sex.MALE),
}
_COATED: Final[Mapping[str, tuple[Species, str]]] = {
    "panther": (Species.CAT, "black"), "swan": (Species.GOOSE, "white"), "robin": (Species.SONGBIRD, "brown"),
    "sparrow": (Species.SONGBIRD, "brown"), "wren": (Species.SONGBIRD, "brown"), "lark": (Species.SONGBIRD, "brown"),
    "nightingale": (Species.SONGBIRD, "brown"), "swallow": (Species.SONGBIRD, "blue"), "canary": (Species.SONGBIRD, "yellow"),
    "parrot": (Species.SONGBIRD, "green"), "pigeon": (Species.SONGBIRD, "grey"), "dove": (Species.SONGBIRD, "white"),
    "goldfish": (Species.FISH, "golden"), "camel": (Species.HORSE, "tan"), "bee": (Species.INSECT, "golden"),
    "flamingo": (Species.STORK, "pink"), "bumblebee": (Species.INSECT, "golden"),
}
_YOUNG: Final[Mapping[str, Species]] = {
    "puppy": Species.DOG, "kitten": Species.CAT, "leveret": Species.HARE, "piglet": Species.PIG, "foal": Species.HORSE,
    "calf": Species.COW, "lamb": Species.SHEEP, "fawn": Species.DEER, "owlet": Species.OWL, "chick": Species.HEN,
    "chicken": Species.HEN, "duckling": Species.DUCK, "gosling": Species.GOOSE, "cygnet": Species.GOOSE, "tadpole": Species.FROG,
}

NOUNS: Final[Mapping[str, Noun]] = MappingProxyType({
    **{word: Noun(species) for species, listed in _PLAIN.items() for word in listed.split()},
    **{word: Noun(species, sex) for word, (species, sex) in _OF_A_SEX.items()},
    **{word: Noun(species, coat=coat) for word, (species, coat) in _COATED.items()},
    **{word: Noun(species, young=True) for word, species in _YOUNG.items()},
})
"""Every noun for an animal that can be of a cast, in lower case and the singular; a kid is a child, and a kite a toy."""

COATS: Final[Mapping[Species, tuple[str, ...]]] = MappingProxyType({
    Species.DOG: ("brown", "golden", "white", "black"), Species.WOLF: ("grey", "black"), Species.FOX: ("red", "rust"),
    Species.CAT: ("black", "ginger", "grey", "white"), Species.LION: ("golden", "tan"), Species.TIGER: ("orange", "golden"),
    Species.BEAR: ("brown", "black"), Species.RABBIT: ("brown", "white", "grey"), Species.HARE: ("brown", "tan"),
    Species.MOUSE: ("grey", "brown"), Species.RAT: ("brown", "grey"), Species.SQUIRREL: ("red", "grey"),
    Species.HEDGEHOG: ("brown", "tan"), Species.BADGER: ("grey", "black"), Species.MOLE: ("black", "grey"),
    Species.OTTER: ("brown", "grey"), Species.WEASEL: ("brown", "red"), Species.PIG: ("pink", "spotted"),
    Species.HORSE: ("brown", "chestnut", "black", "grey"), Species.DONKEY: ("grey", "brown"), Species.COW: ("brown", "spotted"),
    Species.GOAT: ("white", "brown", "grey"), Species.SHEEP: ("white", "black"), Species.DEER: ("brown", "red"),
    Species.ELEPHANT: ("grey", "brown"), Species.MONKEY: ("brown", "golden"), Species.CROW: ("black",),
    Species.OWL: ("brown", "grey"), Species.SONGBIRD: ("brown", "blue", "yellow"), Species.EAGLE: ("brown", "golden"),
    Species.HEN: ("brown", "white"), Species.COCK: ("red", "golden"), Species.DUCK: ("white", "green"),
    Species.GOOSE: ("white", "grey"), Species.STORK: ("white",), Species.FROG: ("green", "brown"),
        Species.TOAD: ("brown", "green"),
    Species.TORTOISE: ("green", "brown"), Species.SNAKE: ("green", "brown"), Species.CROCODILE: ("green", "brown"),
    Species.FISH: ("silver", "golden"), Species.INSECT: ("green", "brown"),
})
"""The coats by which anybody would know an animal, the likeliest first."""

COLOURS: Final = frozenset({
    "black", "white", "grey", "gray", "brown", "red", "golden", "green", "blue", "yellow", "silver", "orange", "ginger", "pink",
        "tan",
    "spotted", "piebald", "tabby", "chestnut", "rust",
})

_FEATHERED: Final = frozenset({
    Species.CROW, Species.OWL, Species.SONGBIRD, Species.EAGLE, Species.HEN, Species.COCK, Species.DUCK, Species.GOOSE,
        Species.STORK,
})
_SCALED: Final = frozenset({Species.TORTOISE, Species.SNAKE, Species.CROCODILE, Species.FISH})
_OTHERWISE: Final[Mapping[Species, str]] = {
    Species.HEDGEHOG: "spines", Species.SHEEP: "wool", Species.PIG: "hide", Species.ELEPHANT: "hide", Species.FROG: "bare skin",
    Species.TOAD: "warty skin", Species.INSECT: "shell",
}


def coat_of(species: Species) -> str:
    """What an animal's coat is made of."""
    if species in _FEATHERED:
        return "feathers"
    return "scales" if species in _SCALED else _OTHERWISE.get(species, "fur")
