"""Engaging a ComfyUI: what `aiuteur.models.catalogue.engage` calls; a model of this provider is a workflow."""

from typing import TYPE_CHECKING

from aiuteur.film.crew import Role
from aiuteur.models.catalogue import Model

if TYPE_CHECKING:
    from aiuteur.models.protocols import Maker
    from aiuteur.settings import Settings


def maker(model: Model, role: Role, settings: "Settings") -> "Maker":
    """A maker for the workflow of that name; raises what reading it raises."""
    from aiuteur.models.comfyui.maker import ComfyMaker
    from aiuteur.models.comfyui.workflow import template

    return ComfyMaker(model, role, settings, template(model.name, settings.comfyui_workflows))
