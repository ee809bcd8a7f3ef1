"""By which name somebody of a story goes: on cues, in the bible.

Belongs here: choosing among the words a text has for a person. Does not belong here: finding them (`people`).
"""

from typing import Final

from aiuteur.craft.prose import words
from aiuteur.craft.prose.someone import Someone


def naming(person: Someone) -> tuple[str, tuple[str, ...]]:
    """The name a person goes by (the fullest in use, else their commonest role with a describing word), and the others."""
    if person.names:
        ranked = sorted(person.names, key=lambda name: (-person.names[name], -len(name), name))
        common = ranked[0]
        fuller = [
            name for name in ranked if len(name.split(" ")) > 1 and set(common.lower().split(" ")) <= set(name.lower().split(" "))
        ]
        name = fuller[0] if fuller else common
        title = next((title for title, _ in person.titles.most_common() if title in words.HONORIFICS), None)
        if (
            len(name.split(" ")) == 1
            and title
            and title not in {"old", "young", "little"}
            and person.titles[title] * 2 >= person.names[name]
        ):
            name = f"{title.capitalize()}{'.' if title in {'mr', 'mrs', 'dr', 'mme'} else ''} {name}"
        roles = [f"the {role}" for role, _ in person.roles.most_common(3)]
        return name, tuple(alias for alias in ranked if alias != name) + tuple(roles)
    if person.roles:
        role = person.roles.most_common(1)[0][0]
        describing = sorted(person.modifiers & _TELLING)[:1] if role in words.GENERIC or role == "voice" else []
        return " ".join(["the", *describing, role]), tuple(f"the {other}" for other in person.roles if other != role)
    return ("the narrator" if person.narrator else "a voice"), ()


_TELLING: Final = words.word_set("""
        first second tall old young stout little small fat thin waiting blind lame bearded masked big short poor rich
        strange grey gray pale dark
    """)
