"""`make`."""

import time
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from aiuteur.film.brief import AspectRatio, Rating
from aiuteur.lane import MAIN
from aiuteur_dagster.terminal.options import AsJson, usd


def make(
    story: Annotated[Path, typer.Argument(metavar="STORY", help="Prose or a treatment (.txt, .md), Fountain or Final Draft.")],
    project: Annotated[str | None, typer.Option(help="The project's name; the file's if not given.")] = None,
    branch: Annotated[str, typer.Option(help="The branch of it.")] = MAIN,
    length: Annotated[
        float | None, typer.Option(help="The film's length in seconds; 90, or as long as a screenplay plays, if not given.")
    ] = None,
    aspect: Annotated[AspectRatio, typer.Option(help="Width to height.")] = AspectRatio.WIDE,
    genre: Annotated[list[str] | None, typer.Option(help="A genre; may be given more than once.")] = None,
    rating: Annotated[Rating, typer.Option(help="Content rating.")] = Rating.PG,
    tone: Annotated[str, typer.Option(help="How it should feel, in a few words.")] = "",
    out: Annotated[Path | None, typer.Option(help="The folder for the film.", file_okay=True)] = None,
    models: Annotated[
        str | None, typer.Option(help="Who makes it: animatic (needs no key), google, openai, role=model, or model+model.")
    ] = None,
    budget: Annotated[
        Decimal | None, typer.Option(parser=usd, metavar="USD", help="What its branch may spend; without, what costs waits.")
    ] = None,
    unknown: Annotated[
        Decimal | None, typer.Option(parser=usd, metavar="USD", help="What is reserved for a call of unknown price.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a film of a story; run again, it makes only what is missing."""
    started = time.monotonic()
    from aiuteur.film.commands import CastModel, SetBudget
    from aiuteur.intake import check_out_folder
    from aiuteur.settings import load
    from aiuteur_dagster import orders
    from aiuteur_dagster.terminal import answers, screen
    from aiuteur_dagster.terminal.making import make_film

    settings = load(**({"out": out} if out is not None else {}))
    terms: list[CastModel | SetBudget] = [*orders.casting(models, settings)]
    if budget is not None or unknown is not None:
        terms.append(SetBudget(scope="branch", cap_usd=budget, unknown_allowance_usd=unknown))
    fields: dict[str, object] = {"aspect_ratio": aspect, "rating": rating, "tone": tone}
    order = orders.of_file(story, orders.Wish(project, branch, length, genre or (), fields))
    check_out_folder(settings.out)
    with screen.working() as progress:
        new, film = make_film(order, settings, progress, terms)
    answer = answers.made(order.lane, film, time.monotonic() - started, new=new)
    if as_json:
        screen.json_value(answer)
    else:
        screen.facts(f"{order.narrative.title} {'is made' if film.cut else 'was made already'}.", answer)
