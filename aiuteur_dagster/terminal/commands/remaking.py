"""`remake`, `vary` and `cast`: making again, and by whom."""

from typing import Annotated, Literal

import typer

from aiuteur.film.commands import CastModel, RegenerateScene, Remake
from aiuteur.film.crew import Role
from aiuteur_dagster.terminal.doing import give
from aiuteur_dagster.terminal.options import AsJson, OfItems, OfLane


def remake(
    lane: OfLane,
    items: OfItems,
    model: Annotated[str | None, typer.Option("--with", help="Who is to make them; none: whoever is cast.")] = None,
    guidance: Annotated[str | None, typer.Option(help="What is to be different, in words for the prompt.")] = None,
    variants: Annotated[int, typer.Option(help="How many takes of each.", min=1, max=24)] = 1,
    refine_from: Annotated[int | None, typer.Option(metavar="V", help="The version to start from.", min=1)] = None,
    force: Annotated[bool, typer.Option("--force", help="In place of an open ask; of a scene, also beside pins.")] = False,
    as_json: AsJson = False,
) -> None:
    """Ask for items to be made again though nothing has moved: variants, another model, a refinement.

    A scene by itself asks for the frames and clips of its shots. The next run answers; `aiuteur quote LANE` says what it costs.
    """
    scene = items[0].startswith("scene:") and len(items) == 1 and model is None and refine_from is None and variants == 1
    command = RegenerateScene(scene=items[0], guidance=guidance, force=force) if scene else Remake(
        items=tuple(items), model=model, guidance=guidance, variants=variants, refine_from=refine_from, force=force,
    )
    give(lane, command, f"Asked for {', '.join(items)} again", as_json=as_json)


def vary(
    lane: OfLane,
    items: OfItems,
    variants: Annotated[int, typer.Option(help="How many takes of each.", min=2, max=24)] = 6,
    guidance: Annotated[str | None, typer.Option(help="What is to be different, in words for the prompt.")] = None,
    refine_from: Annotated[int | None, typer.Option(metavar="V", help="The version to start from.", min=1)] = None,
    as_json: AsJson = False,
) -> None:
    """Ask for takes of a frame or clip side by side, six of each, to choose from.

    They stand beside what is selected: `log` lists them, `star` circles a favourite, `promote` selects it, and the next takes
    start from it with `--refine-from` its version. The next run answers; `aiuteur quote LANE` says what it costs.
    """
    command = Remake(items=tuple(items), guidance=guidance, variants=variants, refine_from=refine_from)
    give(lane, command, f"Asked for {variants} takes of {', '.join(items)}", as_json=as_json)


def cast(
    lane: OfLane,
    role: Annotated[Role, typer.Argument(metavar="ROLE", help="writer, illustrator, cinematographer, voice, sound or judge.")],
    model: Annotated[str | None, typer.Argument(metavar="[MODEL]", help="As the catalogue names it.")] = None,
    scope: Annotated[Literal["project", "branch", "items"], typer.Option(help="How far it holds.")] = "branch",
    item: Annotated[list[str] | None, typer.Option(help="A scene or shot, for that scope; may be given more than once.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say which model makes what: for the project, a branch, or some scenes and shots."""
    items = tuple(item or ())
    command = CastModel(role=role, model=model, scope="items" if items else scope, items=items)
    give(lane, command, f"Cast {model or 'nobody of its own'} as {role.value}", as_json=as_json)
