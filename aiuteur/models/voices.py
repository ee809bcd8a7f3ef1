"""Which of a provider's voices a character gets: register by the profile's `variant` (f3, m1…), height by its `pitch`."""

from collections.abc import Sequence

from aiuteur.film.bible import VoiceProfile


def voice(profile: VoiceProfile, women: Sequence[str], men: Sequence[str]) -> str:
    """The voice that suits a profile; both lists run from low to high."""
    voices = women if profile.variant.startswith("f") else men
    return voices[min(len(voices) - 1, profile.pitch * len(voices) // 100)]
