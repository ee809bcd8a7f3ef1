"""Layers and requests for filming, drawn by numpy: a patterned back, a figure, a foreground."""

import asyncio

import cv2
import numpy as np
from cv2.typing import MatLike

from aiuteur.digest import digest_bytes
from aiuteur.film.shots import CameraMovement
from aiuteur.film.takes import Motion
from aiuteur.media.encode import decode
from aiuteur.models.animatic.cinematographer import AnimaticCinematographer
from aiuteur.models.protocols import Reference, Request

WIDTH, HEIGHT, OVERSCAN = 320, 180, 1.2
SIZE = (round(WIDTH * OVERSCAN), round(HEIGHT * OVERSCAN))


def png(pixels: MatLike) -> bytes:
    return cv2.imencode(".png", pixels)[1].tobytes()


def back() -> MatLike:
    """Soft blotches, bright enough to tell from a black border anywhere."""
    noise = np.random.default_rng(3).integers(60, 220, (SIZE[1] // 12, SIZE[0] // 12, 3), dtype=np.uint8)
    return cv2.GaussianBlur(cv2.resize(noise, SIZE, interpolation=cv2.INTER_CUBIC), (0, 0), 2)


def figure(x: int = SIZE[0] // 2, colour: tuple[int, int, int] = (40, 60, 200)) -> MatLike:
    """A disc with soft edges and a mark on it, BGRA."""
    pixels = np.zeros((SIZE[1], SIZE[0], 4), np.uint8)
    pixels[..., :3] = colour
    cv2.circle(pixels, (x, SIZE[1] // 2), 30, (*colour, 255), -1, cv2.LINE_AA)
    cv2.circle(pixels, (x, SIZE[1] // 2 - 8), 8, (240, 240, 240, 255), -1, cv2.LINE_AA)
    return pixels


def flat(*layers: MatLike) -> MatLike:
    """What the layers look like in the frame's middle."""
    made = layers[0].astype(np.float64)
    for layer in layers[1:]:
        alpha = layer[..., 3:] / 255
        made = made * (1 - alpha) + layer[..., :3] * alpha
    left, top = (SIZE[0] - WIDTH) // 2, (SIZE[1] - HEIGHT) // 2
    return np.round(made[top : top + HEIGHT, left : left + WIDTH]).astype(np.uint8)


def reference(role: str, pixels: MatLike, depth: float = 0.0, overscan: float = 1.0) -> Reference:
    data = png(pixels)
    return Reference(role, digest_bytes(data), "image/png", data, depth=depth, overscan=overscan)


def layered() -> tuple[Reference, ...]:
    return (
        reference("start_frame", flat(back(), figure())),
        reference("layer", back(), 0.0, OVERSCAN), reference("layer", figure(), 0.8, OVERSCAN),
    )


def request(motion: Motion, references: tuple[Reference, ...], width: int = WIDTH, height: int = HEIGHT) -> Request:
    return Request("clip", {"motion": motion.document(), "width": width, "height": height}, references=references)


def motion(movement: CameraMovement = CameraMovement.STATIC, seconds: float = 1.5, **more: object) -> Motion:
    return Motion.model_validate({"movement": movement, "seconds": seconds, "seed": 11, "travel": 1.0, **more})


def film(asked: Motion, references: tuple[Reference, ...] | None = None) -> bytes:
    reply = asyncio.run(AnimaticCinematographer().make(request(asked, layered() if references is None else references)))
    return reply.media[0].data


def lumas(data: bytes) -> list[MatLike]:
    return [frame.to_ndarray(format="yuv420p")[: frame.height].copy() for frame in decode(data)]
