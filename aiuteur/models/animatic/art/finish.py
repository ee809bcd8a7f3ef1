"""The finish: what is done to pixels after drawing. Light on figures, focus, falling weather, vignette, grain.

Belongs here: the light on figures, focus, falling weather, vignette, grain, all the same for both engines. Does not belong here:
what is drawn. Rasters are BGRA, alpha multiplied in, uint8, shape (height, width, 4).
"""

from functools import lru_cache
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from aiuteur.film.bible import Weather
from aiuteur.film.takes import Picture
from aiuteur.models.animatic.art.colour import chance, luma, mix, scale
from aiuteur.models.animatic.art.light import Light

Raster: TypeAlias = NDArray[np.uint8]
_COARSE = 4


def _bytes(array: object) -> Raster:
    """OpenCV's answer as what it is here: 8-bit pixels."""
    return np.asarray(array, np.uint8)


def lit(raster: Raster, light: Light, metre: float, level: float = 1.0) -> Raster:
    """Light a raster of people by its own silhouette: towards the key, away from it, and a rim along the lit edge.

    `metre` is how many pixels a metre is; `level` darkens what stands before the light, such as a shoulder in the foreground.
    """
    box = cv2.boundingRect(raster[:, :, 3])
    x, y, width, height = box
    if not width:
        return raster
    part = raster[y : y + height, x : x + width]
    alpha = part[:, :, 3]
    gain = _gain(alpha, light, metre, level)
    colour = cv2.multiply(part[:, :, :3], gain, scale=1 / 128)
    fill = (0.085 if light.dim else 0.035) * level  # the air's own light, by which black cloth keeps its folds
    colour = cv2.add(colour, cv2.merge([cv2.convertScaleAbs(alpha, alpha=fill * tone_) for tone_ in light.ambient[::-1]]))
    edge = _rim(alpha, light, metre)
    strength = (0.5 + 0.5 * light.hardness) * (0.62 if light.dim else 0.34) * min(1.0, level * 1.5)
    tone = light.practical if light.lamps else light.key
    rim = cv2.merge([cv2.multiply(edge, edge, scale=strength * part_ / 255) for part_ in tone[::-1]])
    colour = cv2.min(cv2.add(colour, rim), cv2.merge([alpha, alpha, alpha]))
    raster[y : y + height, x : x + width, :3] = colour
    return raster


def _gain(alpha: Raster, light: Light, metre: float, level: float) -> Raster:
    """What each pixel of a figure is multiplied by, in 128ths: a blurred silhouette's slope stands for the body's roundness."""
    size = (max(2, alpha.shape[1] // _COARSE), max(2, alpha.shape[0] // _COARSE))
    small = cv2.resize(alpha, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    padded = cv2.copyMakeBorder(small, 24, 24, 24, 24, cv2.BORDER_REPLICATE)
    slope = np.zeros_like(padded)
    for metres, share in ((0.16, 0.6), (0.05, 0.4)):
        sigma = max(0.8, metres * metre / _COARSE)
        soft = cv2.GaussianBlur(padded, (0, 0), sigma)
        across, down = cv2.Sobel(soft, cv2.CV_32F, 1, 0, scale=0.125), cv2.Sobel(soft, cv2.CV_32F, 0, 1, scale=0.125)
        slope += (across * -light.side + down * light.height * 0.8) * np.float32(sigma * 2.6 * share)
    amount = np.clip(0.5 + slope[24:-24, 24:-24] * light.contrast, 0.0, 1.0)[:, :, None]
    lamp = mix(light.key, scale(light.practical, 0.62), 0.7) if light.lamps else light.key
    grey = luma(light.ambient)
    air = mix(light.ambient, (grey * 1.12, grey, grey * 0.9), 0.6 if light.dim else 0.0)  # skin stays alive in blue air
    ambient, key = (np.array(colour[::-1], np.float32) for colour in (air, lamp))
    gain = (ambient * (1.3 if light.night else 1.05 if light.dim else 0.86) + key * (0.16 + 1.15 * amount)) * level
    return _bytes(cv2.resize(np.clip(gain * 128, 0, 255).astype(np.uint8), (alpha.shape[1], alpha.shape[0]),
        interpolation=cv2.INTER_LINEAR))


def _rim(alpha: Raster, light: Light, metre: float) -> Raster:
    reach = min(9.0, max(1.5, metre * 0.009))
    moved = cv2.warpAffine(alpha, np.array([[1, 0, -light.side * reach], [0, 1, light.height * reach * 0.7]], np.float32),
        (alpha.shape[1], alpha.shape[0]), borderMode=cv2.BORDER_REPLICATE)
    return _bytes(cv2.GaussianBlur(cv2.subtract(alpha, moved), (0, 0), max(0.6, reach * 0.35)))


def opaque(raster: Raster) -> Raster:
    """A raster without its alpha, as BGR."""
    return _bytes(cv2.cvtColor(raster, cv2.COLOR_BGRA2BGR))


def over(below: Raster, above: Raster) -> Raster:
    """One raster over an opaque one (three channels), within what the upper one covers."""
    x, y, width, height = cv2.boundingRect(above[:, :, 3])
    if not width:
        return below
    upper, lower = above[y : y + height, x : x + width], below[y : y + height, x : x + width]
    rest = cv2.bitwise_not(upper[:, :, 3])
    kept = cv2.multiply(lower, cv2.merge([rest, rest, rest]), scale=1 / 255)
    below[y : y + height, x : x + width] = cv2.add(kept, upper[:, :, :3])
    return below


def mirrored(below: Raster, subject: Raster, y: int) -> Raster:
    """What stands on wet ground upside down in it, fading, from the row `y` where it stands."""
    height = min(subject.shape[0] - y, y)
    if height < _COARSE:  # no ground to speak of
        return below
    flipped = cv2.flip(subject[y - height : y], 0).astype(np.float32)
    fall = np.linspace(0.34, 0.0, height, dtype=np.float32)[:, None, None]
    ghost = cv2.blur(flipped * fall, (3, 9)).astype(np.uint8)
    part = below[y : y + height]
    rest = cv2.bitwise_not(part[:, :, 3])
    part[:] = cv2.add(part, cv2.multiply(ghost, cv2.merge([rest, rest, rest, rest]), scale=1 / 255))
    return below


def soften(raster: Raster, sigma: float) -> Raster:
    """Out of focus, by a Gaussian at half size."""
    if sigma < 0.4:  # no lens is that sharp
        return raster
    height, width = raster.shape[:2]
    return grown(cv2.resize(raster, (width // 2, height // 2), interpolation=cv2.INTER_AREA), sigma, (width, height))


def grown(half: object, sigma: float, size: tuple[int, int]) -> Raster:
    """A raster of half the size brought to `size` (width, height), out of focus by `sigma` pixels of it."""
    return _bytes(cv2.resize(cv2.GaussianBlur(_bytes(half), (0, 0), sigma / 2), size, interpolation=cv2.INTER_LINEAR))


def fallen(picture: Picture, image: Raster) -> Raster:
    """Rain or snow in the air of a finished picture; layers carry none, as the camera makes it move."""
    if picture.interior or picture.weather not in {Weather.RAIN, Weather.SNOW}:
        return image
    height, width = image.shape[:2]
    rng = chance("fall", picture.seed)
    mask = np.zeros((height, width), np.uint8)
    for _ in range(210):
        near = rng.random()
        x, y = rng.uniform(-0.05, 1.05) * width, rng.uniform(-0.1, 1.0) * height
        if picture.weather is Weather.RAIN:
            length = height * (0.025 + 0.06 * near)
            cv2.line(mask, (round(x), round(y)), (round(x - length * 0.18), round(y + length)), 30 + round(45 * near), 1,
                cv2.LINE_AA)
        else:
            cv2.circle(mask, (round(x), round(y)), max(1, round(height * (0.0008 + 0.0027 * near * near))),
                130 + round(100 * near), -1, cv2.LINE_AA)
    if picture.weather is Weather.SNOW:
        mask = cv2.GaussianBlur(mask, (0, 0), max(0.5, height / 900))
    return _bytes(cv2.add(image, cv2.merge([mask, mask, mask])))


@lru_cache(maxsize=8)
def _falloff(width: int, height: int, margin: float) -> Raster:
    """A vignette as multipliers in 255ths; `margin` is how much larger than the frame the raster is."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    far = np.hypot((x / width - 0.5) * margin, (y / height - 0.5) * margin) / np.float32(0.7071)
    fall = 1 - 0.44 * np.clip(far - 0.35, 0, 1.2) ** 1.8
    grey = np.clip(fall * 255, 0, 255).astype(np.uint8)
    return _bytes(cv2.merge([grey, grey, grey]))


@lru_cache(maxsize=8)
def _grain(width: int, height: int) -> NDArray[np.int8]:
    """Film grain of mean 0 and deviation 20, a little soft, the same in every process."""
    noise = np.random.Generator(np.random.PCG64(7)).normal(0, 1, (height, width)).astype(np.float32)
    soft = cv2.GaussianBlur(noise, (0, 0), 0.7)
    return np.clip(soft / soft.std() * 20, -127, 127).astype(np.int8)


def filmed(image: Raster, grain: float, seed: int, margin: float = 1.0) -> Raster:
    """Vignette and grain, last of all; the grain also dithers the gradients."""
    height, width = image.shape[:2]
    dark = cv2.multiply(image, _falloff(width, height, margin), scale=1 / 255)
    noise = np.roll(_grain(width, height), (seed % 97, seed % 89), (0, 1))
    share = (1.2 + 4.5 * grain) / 20
    lift = cv2.convertScaleAbs(np.maximum(noise, 0), alpha=share)
    drop = cv2.convertScaleAbs(np.minimum(noise, 0), alpha=share)
    return _bytes(cv2.subtract(cv2.add(dark, cv2.merge([lift, lift, lift])), cv2.merge([drop, drop, drop])))


def png(image: Raster) -> bytes:
    """A PNG, quickly: grain is only worth Huffman's code, see-through planes are runs that need no row filter."""
    grainy = image.shape[2] == 3  # pictures are opaque, planes are not
    strategy = cv2.IMWRITE_PNG_STRATEGY_HUFFMAN_ONLY if grainy else cv2.IMWRITE_PNG_STRATEGY_DEFAULT
    row_filter = cv2.IMWRITE_PNG_FILTER_SUB if grainy else cv2.IMWRITE_PNG_FILTER_NONE
    flags = [cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_STRATEGY, strategy, cv2.IMWRITE_PNG_FILTER, row_filter]
    return cv2.imencode(".png", image, flags)[1].tobytes()


def jpeg(image: Raster, quality: int = 92) -> bytes:
    """A JPEG of an opaque image."""
    return cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def straight(raster: Raster) -> Raster:
    """Alpha taken out of the colours again, as PNG wants it."""
    x, y, width, height = cv2.boundingRect(raster[:, :, 3])
    if width:
        part = raster[y : y + height, x : x + width]
        alpha = np.maximum(part[:, :, 3], 1)
        part[:, :, :3] = cv2.divide(part[:, :, :3], cv2.merge([alpha, alpha, alpha]), scale=255)
    return raster
