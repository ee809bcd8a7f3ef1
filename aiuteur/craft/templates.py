"""Prompt templates: Jinja2 files with front matter (name, version, schema), rendered strictly."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from aiuteur.digest import digest_bytes

if TYPE_CHECKING:
    import jinja2


@dataclass(frozen=True, slots=True)
class Template:
    """A prompt template as filed: `schema` names the noun a textual answer must be, empty for words that make pictures."""

    name: str
    version: str
    schema: str
    body: str

    @property
    def digest(self) -> str:
        """SHA-256 of the body."""
        return digest_bytes(self.body.encode())


@functools.cache
def template(name: str) -> Template:
    """Read one template of `aiuteur/prompts`; raises `FileNotFoundError` where there is none."""
    raw = resources.files("aiuteur.prompts").joinpath(f"{name}.md.j2").read_text("utf-8")
    _, head, body = raw.split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in head.strip().splitlines())
    return Template(fields["name"], fields["version"], fields.get("schema", ""), body.strip())


def every() -> list[Template]:
    """All templates there are, by name."""
    files = sorted(file.name for file in resources.files("aiuteur.prompts").iterdir() if file.name.endswith(".md.j2"))
    return [template(name.removesuffix(".md.j2")) for name in files]


def render(name: str, words: Mapping[str, object]) -> str:
    """A template filled in, its white space folded to single blanks and line ends kept; an undefined word raises."""
    text = _compiled(name).render(words)
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


@functools.cache
def _compiled(name: str) -> "jinja2.Template":
    from jinja2 import Environment, StrictUndefined  # loaded by who renders, not by who looks at a lane

    # Prompts are words for a model, not markup for a browser: escaping would corrupt them.
    environment = Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    return environment.from_string(template(name).body)
