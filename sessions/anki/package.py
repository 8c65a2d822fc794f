"""Writes cards as a package that Anki reads. Plain values in, one file out."""

from __future__ import annotations

import hashlib
import html
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import genanki

# Made up once and never changed: Anki knows note types and decks by their numbers.
_MODEL_ID = 1_720_384_911
_DECKS_FROM = 1_900_000_000
_FIELDS = (
    "Front",
    "Clue",
    "FrontSound",
    "Back",
    "Example",
    "BackSound",
    "Kind",
    "From",
)
_FRONT = """<div class="kind">{{Kind}}</div>
<div class="ask">{{Front}}</div>
{{#Clue}}<div class="clue">{{Clue}}</div>{{/Clue}}
{{FrontSound}}"""
_BACK = """{{FrontSide}}<hr id="answer">
<div class="say">{{Back}}</div>
{{#Example}}<div class="clue">{{Example}}</div>{{/Example}}
{{BackSound}}
{{#From}}<div class="kind">{{From}}</div>{{/From}}"""
_CSS = """.card { font-family: system-ui, sans-serif; font-size: 22px; line-height: 1.45;
  text-align: center; max-width: 34em; margin: 1.5em auto; }
.kind { font-size: 14px; opacity: .65; margin-block: .6em; }
.ask, .say { font-weight: 600; font-size: 26px; }
.clue { opacity: .8; margin-top: .5em; }"""


@dataclass(frozen=True, slots=True)
class AnkiCard:
    """One card. ``id`` stays the same for it, so that Anki updates what it has.

    ``front_sound`` and ``back_sound`` are texts for the voice, ``""`` for none.
    """

    id: str
    kind: str
    tag: str
    front: str
    back: str
    clue: str = ""
    example: str = ""
    met: str = ""
    front_sound: str = ""
    back_sound: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """What the voice says for it."""
        return tuple(text for text in (self.front_sound, self.back_sound) if text)


def write_package(
    cards: Iterable[AnkiCard],
    sounds: Mapping[str, bytes],
    *,
    deck: str,
    language: str,
    target: Path,
    at: float,
) -> None:
    """Write the file whole or not at all. ``sounds`` are MP3 by text, some may lack.

    Raises OSError.
    """
    book = genanki.Deck(_deck_id(language), deck)
    model = genanki.Model(
        _MODEL_ID,
        "Tutor",
        fields=[{"name": name} for name in _FIELDS],
        templates=[{"name": "Card", "qfmt": _FRONT, "afmt": _BACK}],
        css=_CSS,
    )
    used: set[str] = set()
    for card in cards:
        fields = [
            _shown(card.front), _shown(card.clue), _sound(card.front_sound, sounds),
            _shown(card.back), _shown(card.example), _sound(card.back_sound, sounds),
            _shown(card.kind), _shown(card.met),
        ]  # fmt: skip
        used.update(text for text in card.texts if text in sounds)
        book.add_note(
            genanki.Note(
                model=model,
                fields=fields,
                guid=genanki.guid_for("tutor", card.id),
                tags=[card.tag],
            )
        )
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        media = []
        for text in sorted(used):
            path = Path(folder) / sound_name(text)
            path.write_bytes(sounds[text])
            media.append(str(path))
        whole = Path(folder) / "cards.apkg"
        genanki.Package(book, media_files=media).write_to_file(str(whole), timestamp=at)
        os.replace(whole, target)


def sound_name(text: str) -> str:
    """Return the name of a text's sound: the same text is one file in Anki's folder."""
    return f"tutor-{hashlib.sha256(text.encode()).hexdigest()[:24]}.mp3"


def _sound(text: str, sounds: Mapping[str, bytes]) -> str:
    return f"[sound:{sound_name(text)}]" if text in sounds else ""


def _shown(text: str) -> str:
    """Return a text as a field: markup and Anki's own brackets are nothing but signs."""
    escaped = html.escape(text).replace("[sound:", "[sound&#58;")
    return escaped.replace("{{", "&#123;&#123;").replace("}}", "&#125;&#125;")


def _deck_id(language: str) -> int:
    digest = hashlib.sha256(f"tutor:{language}".encode()).digest()
    return _DECKS_FROM + int.from_bytes(digest[:3], "big")
