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
            (len(name.split(" ")) == 1 or name.split(" ")[0].lower() in _PARTICLES)
            and title
            and title not in {"old", "young", "little"}
            and person.titles[title] * 2 >= person.names[name]
        ):
            name = f"{title.capitalize()}{'.' if title in {'mr', 'mrs', 'dr', 'mme'} else ''} {name}"
        roles = [f"the {role}" for role, _ in person.roles.most_common(3) if role not in words.GENERIC - words.CALLING]
        roles += ["the narrator"] * person.narrator
        return name, tuple(alias for alias in ranked if alias != name) + tuple(roles)
    if person.narrator:
        roles = [role for role, _ in person.roles.most_common() if role not in words.GENERIC]
        return "the narrator", tuple(f"the {role}" for role in roles)
    if person.roles:
        role = person.roles.most_common(1)[0][0]
        describing = sorted(person.modifiers & _TELLING)[:1] if role in words.GENERIC or role == "voice" else []
        return " ".join(["the", *describing, role]), tuple(
            f"the {other}" for other in person.roles if other != role and (other not in words.GENERIC or role in words.GENERIC)
        )
    return "a voice", ()


_PARTICLES: Final = words.word_set("von van de du la le da")
_TELLING: Final = words.word_set("""
        first second tall old young stout little small fat thin waiting blind lame bearded masked big short poor rich
        strange grey gray pale dark
    """)
