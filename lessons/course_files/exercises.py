"""The exercises of a lesson as authors write them: one model for each type.

Texts are in the language taught unless a field says otherwise. What a learner may type is
compared leniently (``tutor.exercises.marking``): capitals, final punctuation and
contractions need no alternatives of their own.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)

GAP = "___"
PICTURES = (
    "bus_stop", "cafe", "classroom", "doctor", "family_dinner", "kitchen", "living_room",
    "market", "office", "park", "party", "station", "street", "beach",
)  # fmt: skip


def _clean(text: str) -> str:
    if text != text.strip() or not text:
        raise ValueError("is empty, or begins or ends with a space")
    if "<" in text or ">" in text:
        raise ValueError("holds < or >: no HTML, please")
    return text


Text = Annotated[str, Field(max_length=400), AfterValidator(_clean)]
Line = Annotated[Text, Field(max_length=160, pattern=r"^[^\n]*$")]


class Part(BaseModel):
    """What all parts of a course file share: nothing unknown, nothing changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Typed(Part):
    hint: Line | None = None


class GapFill(_Typed):
    """A sentence with one gap; with ``choices`` one is picked, else it is typed."""

    type: Literal["gap_fill"]
    prompt: Line
    answer: Line
    alternatives: list[Line] = []
    choices: list[Line] = []

    @model_validator(mode="after")
    def _checked(self) -> Self:
        if self.prompt.count(GAP) != 1:
            raise ValueError(f"the prompt needs one gap, written {GAP}")
        if self.choices and self.answer not in self.choices:
            raise ValueError("the answer is not among the choices")
        if len(set(self.choices)) != len(self.choices) or len(self.choices) == 1:
            raise ValueError("choices are two or more, each once")
        return self


class Reorder(_Typed):
    """The words of ``answer`` to be put in order; ``pieces`` cut it otherwise than at spaces."""

    type: Literal["reorder"]
    answer: Line
    alternatives: list[Line] = []
    pieces: list[Line] = []

    @model_validator(mode="after")
    def _checked(self) -> Self:
        pieces = self.pieces or self.answer.split()
        if not 3 <= len(pieces) <= 12:
            raise ValueError("takes three to twelve pieces")
        if self.pieces and " ".join(self.pieces).split() != self.answer.split():
            raise ValueError("the pieces, in order, are not the answer")
        return self


class Match(_Typed):
    """Pairs that belong together: a word and its meaning, a question and its answer."""

    type: Literal["match"]
    pairs: Annotated[
        list[Annotated[list[Line], Field(min_length=2, max_length=2)]],
        Field(min_length=3, max_length=6),
    ]

    @model_validator(mode="after")
    def _checked(self) -> Self:
        for side in (0, 1):
            if len({pair[side] for pair in self.pairs}) != len(self.pairs):
                raise ValueError("a pair cannot be told from another")
        return self


class Transform(_Typed):
    """A sentence to be said otherwise; ``task`` says how, in the language taught."""

    type: Literal["transform"]
    task: Line
    prompt: Line
    answer: Line
    alternatives: list[Line] = []


class Dictation(_Typed):
    """A sentence to be heard and written."""

    type: Literal["dictation"]
    text: Line


class ReadAloud(_Typed):
    """A sentence or two to be read aloud, marked sound by sound."""

    type: Literal["read_aloud"]
    text: Text


class Shadowing(_Typed):
    """A sentence to be said together with the voice."""

    type: Literal["shadowing"]
    text: Line


class MinimalPair(_Typed):
    """Two words that differ in one sound: to be told apart, then said."""

    type: Literal["minimal_pair"]
    words: Annotated[list[Line], Field(min_length=2, max_length=2)]


class SpokenAnswer(_Typed):
    """A question to be answered aloud. ``wanted`` are words that a good answer may use."""

    type: Literal["spoken_answer"]
    question: Line
    wanted: list[Line] = []
    example: Line
    fewest_words: Annotated[int, Field(ge=1, le=40)] = 3


class PictureTalk(_Typed):
    """A picture of the project's own to talk about."""

    type: Literal["picture_talk"]
    picture: str
    question: Line
    wanted: Annotated[list[Line], Field(min_length=2)]
    example: Text

    @model_validator(mode="after")
    def _checked(self) -> Self:
        if self.picture not in PICTURES:
            raise ValueError(f"there is no picture {self.picture!r}")
        return self


class RolePlay(_Typed):
    """A talk with parts: the tutor plays ``tutor_role``, the learner reaches ``goals``."""

    type: Literal["role_play"]
    situation: Text
    tutor_role: Line
    opening_line: Line
    goals: Annotated[list[Line], Field(min_length=1, max_length=4)]


class FreeTalk(_Typed):
    """A question to talk about with the tutor, as long as one likes."""

    type: Literal["free_talk"]
    question: Line


_TYPES = (
    GapFill, Reorder, Match, Transform, Dictation, ReadAloud, Shadowing, MinimalPair,
    SpokenAnswer, PictureTalk, RolePlay, FreeTalk,
)  # fmt: skip
BY_TYPE: dict[str, type[_Typed]] = {
    get_args(model.model_fields["type"].annotation)[0]: model for model in _TYPES
}
SPOKEN = (
    ReadAloud,
    Shadowing,
    MinimalPair,
    SpokenAnswer,
    PictureTalk,
    RolePlay,
    FreeTalk,
)


def _type_of(value: Any) -> Any:
    return (
        value.get("type") if isinstance(value, dict) else getattr(value, "type", None)
    )


Exercise = Annotated[
    Annotated[GapFill, Tag("gap_fill")]
    | Annotated[Reorder, Tag("reorder")]
    | Annotated[Match, Tag("match")]
    | Annotated[Transform, Tag("transform")]
    | Annotated[Dictation, Tag("dictation")]
    | Annotated[ReadAloud, Tag("read_aloud")]
    | Annotated[Shadowing, Tag("shadowing")]
    | Annotated[MinimalPair, Tag("minimal_pair")]
    | Annotated[SpokenAnswer, Tag("spoken_answer")]
    | Annotated[PictureTalk, Tag("picture_talk")]
    | Annotated[RolePlay, Tag("role_play")]
    | Annotated[FreeTalk, Tag("free_talk")],
    Discriminator(_type_of),
]
