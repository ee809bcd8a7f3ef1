"""Remedies: what a failed gate means to the departments, and what the next take's prompt should say.

Belongs here: the table. Does not belong here: measuring (`aiuteur.media.gates`), or what follows for the take
(`aiuteur.craft.review`).
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from aiuteur.film.dailies import Department


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a failed gate means: who mends it, what is wrong, and what the next prompt should say."""

    department: Department
    wrong: str
    correction: str


_T, _G, _C, _S = Department.TECHNICAL, Department.GAFFER, Department.CINEMATOGRAPHER, Department.SOUND

REMEDIES: Final = MappingProxyType({
    "decodes": Remedy(_T, "The take cannot be decoded to its end.", "Deliver a complete file in a common format."),
    "size": Remedy(_T, "The picture is not of the size asked.", "Keep the width and height that were asked for."),
    "rate": Remedy(_T, "The clip has another frame rate.", "Keep the frame rate that was asked for."),
    "duration": Remedy(_T, "The clip is not as long as asked.", "Keep exactly the duration that was asked for."),
    "black": Remedy(_G, "The picture goes black.", "Light every moment of the shot: part of it cannot be seen at all."),
    "flicker": Remedy(_G, "The light flickers.", "Keep the light steady from frame to frame."),
    "blown": Remedy(_G, "Highlights are burnt out.", "Expose for the highlights: large parts are pure white."),
    "crushed": Remedy(_G, "Shadows are lost.", "Lift the shadows: large parts are pure black."),
    "contrast": Remedy(_G, "The picture is flat.", "Separate the subject from the background by light."),
    "frozen": Remedy(_C, "The picture halts.", "Let the movement run through the whole shot, without a halt."),
    "cut": Remedy(_C, "There is a cut inside the shot.", "Make one unbroken shot, without a cut or a jump."),
    "sharpness": Remedy(_C, "The picture is out of focus.", "Keep the subject in sharp focus."),
    "off_centre": Remedy(_C, "All weight is at the frame's edge.", "Balance the composition within the frame."),
    "starts": Remedy(_C, "The clip does not begin on its start frame.", "Begin exactly on the start frame given."),
    "ends": Remedy(_C, "The clip does not arrive at its end frame.", "Arrive at the end frame that is given."),
    "quiet": Remedy(_S, "The clip's sound can hardly be heard.", "Record the sound at a normal level."),
    "loud": Remedy(_S, "The clip's sound is far too loud.", "Leave headroom: record the sound at a normal level."),
    "true_peak": Remedy(_S, "The clip's sound is clipped.", "Leave headroom: the sound must not clip."),
})
"""By the gate's name."""
