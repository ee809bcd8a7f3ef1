"""The menu: every command of `aiuteur`, by family, with the line that the help shows.

Belongs here: names, families and where a command lives. Does not belong here: options and arguments, which a command declares
where it lives (`aiuteur_dagster.terminal.commands`): it is imported when it is given, so that it costs nothing until then.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter

_HOME: Final = "aiuteur_dagster.terminal.commands"

MENU: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = MappingProxyType({
    "Films": {
        "make": ("filming", "Make a film of a story; run again, it makes only what is missing."),
        "up": ("serving", "Start Postgres, the Dagster webserver and its daemon; Ctrl-C stops the last two."),
        "down": ("serving", "Stop what `up` started, and the embedded Postgres."),
    },
    "Looking": {
        "lanes": ("looking", "List every lane: project@branch, and where it was forked."),
        "status": ("looking", "Show every artifact of a lane: its state, version and cost."),
        "show": ("looking", "Show one artifact, the list of its items, or one of them."),
        "figures": ("counting", "Show quality, attempts, cost and what is left, and write the page with its charts."),
        "log": ("looking", "Show what happened on a lane, oldest first; of one item, its versions as a tree."),
    },
    "Branches": {
        "branch": ("branching", "Begin a branch of a lane: no calls, no media, no cost."),
        "diff": ("branching", "Show what differs between two branches, by stage and item."),
        "merge": ("branching", "Take items over from another branch: those named, or all that can be had."),
        "archive": ("branching", "Put a lane away: it can only be read, and leaves Dagster's partitions."),
        "restore": ("branching", "Bring an archived lane back."),
        "erase": ("erasing", "Remove a project's words and pictures for good; what it cost stays known."),
    },
    "Changing": {
        "edit": ("editing", "Change fields of an item: a new version, selected and pinned."),
        "insert": ("editing", "Put a new beat, scene, shot or bible entry into its list."),
        "delete": ("editing", "Take items out of their lists; their history stays."),
        "move": ("editing", "Put an item elsewhere in its list; it keeps its number or letter."),
        "split": ("editing", "Make two of a scene or a shot."),
        "select": ("editing", "Choose one of the treatment's variants."),
    },
    "Choosing": {
        "approve": ("choosing", "Accept what is selected now, and pin it."),
        "reject": ("choosing", "Say no to a version; the next best takes its place."),
        "promote": ("choosing", "Select one version and pin it."),
        "pin": ("choosing", "Hold what is selected: automation makes nothing in its place."),
        "unpin": ("choosing", "Let go: the best take with the present inputs is selected again."),
        "keep": ("choosing", "Keep what is selected although what it was made from has moved."),
        "lock": ("choosing", "Let nobody change an item, select another version, or make it again."),
        "unlock": ("choosing", "Open what was locked."),
        "star": ("choosing", "Circle a version as a favourite."),
        "unstar": ("choosing", "Take a star away."),
        "remake": ("remaking", "Ask for items to be made again though nothing has moved: variants, another model, a refinement."),
        "vary": ("remaking", "Ask for takes of a frame or clip side by side, six of each, to choose from."),
        "cast": ("remaking", "Say which model makes what: for the project, a branch, or some scenes and shots."),
    },
    "Money": {
        "quote": ("spending", "Show what would be made now, why, and what it costs: also of a change not made yet."),
        "budget": ("spending", "Show or set what may be spent on a project, a branch or a shot."),
        "allow": ("spending", "Approve what the plan of a lane costs, so that it goes on."),
        "costs": ("spending", "Show what a lane has cost and is still to cost, by stage, scene, shot, provider or model."),
        "ledger": ("calling", "Show calls that may have been paid for, and settle or cancel them by the provider's records."),
        "invalidations": ("spending", "Show what changes made stale and what that costs; acknowledge it."),
    },
    "Automation": {
        "policy": ("governing", "Show or set how far automation may go: off, free, within_budget."),
        "interrupts": ("governing", "Show what waits for a person."),
        "resolve": ("governing", "Answer what waits: retry, accept or skip."),
        "rules": ("learning", "Show what a project has learnt about its takes: suggested, on trial, in force or off."),
        "rule": ("learning", "Let a rule in, apply it to takes made without it, or switch it off."),
        "resume": ("governing", "Let a lane go on that stopped asking after failures."),
        "listen": ("serving", "Take in what providers' webhooks tell of calls whose answer was lost; Ctrl-C stops it."),
    },
})
"""Families of commands: of each its module and what it does, which is also the first line of its docstring."""

COMMANDS: Final = MappingProxyType({name: found for family in MENU.values() for name, found in family.items()})


class Menu(TyperGroup):
    """A group whose commands are looked up in the menu and imported when they are given."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        # typer suggests near names from the keys, and asks `get_command` for the rest
        self.commands = dict.fromkeys(COMMANDS)  # pyright: ignore[reportAttributeAccessIssue]

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":
        """Import a command; None for what is none."""
        del ctx
        return command(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write the menu, without importing anything."""
        del ctx
        width = max(map(len, COMMANDS))
        for family, commands in MENU.items():
            with formatter.section(family):
                formatter.write_dl([(name.ljust(width), does) for name, (_, does) in commands.items()])


@cache
def command(name: str) -> "Command":
    """One command, as typer understands it; its function bears its name."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(name)(getattr(import_module(f"{_HOME}.{COMMANDS[name][0]}"), name.replace("-", "_")))
    return typer.main.get_command(app)
