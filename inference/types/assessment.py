"""How an utterance was pronounced, as values.

Scores are on 0..100 and higher is better; probabilities are in [0, 1]; times are
milliseconds from the start of the clip. A phoneme is an IPA string of
``inference.phonetics.inventory``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from .audio import AudioClip
from .speech import Transcript


class PromptSource(StrEnum):
    """Where the text that the speech is judged against comes from."""

    READ = "read"
    HEARD = "heard"


class AssessmentOutcome(StrEnum):
    """Whether the speech was judged, and if not, why.

    Only ``JUDGED`` and ``INCOMPLETE`` carry scores. Each other value has words for the
    learner in ``sessions.turns.messages`` and a test with real sound.
    """

    JUDGED = "judged"
    # Part of the text was read: the words that were said are judged, nothing else.
    INCOMPLETE = "incomplete"
    NO_TEXT = "no_text"
    UNKNOWN_WORDS = "unknown_words"
    UNSUPPORTED_LANGUAGE = "unsupported_language"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    SILENCE = "silence"
    NOISE = "noise"
    CLIPPED = "clipped"
    WRONG_TEXT = "wrong_text"
    OTHER_VOICE = "other_voice"
    UNSURE = "unsure"


class Verdict(StrEnum):
    """What is shown for a word or phoneme. ``UNSURE`` shows no colour."""

    FINE = "fine"
    CLOSE = "close"
    WORK = "work"
    UNSURE = "unsure"
    # A word of the text that was not said; it has no score.
    MISSED = "missed"


class DiagnosisKind(StrEnum):
    """What happened to a phoneme."""

    SUBSTITUTED = "substituted"
    DROPPED = "dropped"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was heard instead of a phoneme; only named when the evidence is clear.

    ``heard`` is the phoneme that was said (``SUBSTITUTED``, ``INSERTED``: after the
    target) or ``None`` (``DROPPED``).
    """

    kind: DiagnosisKind
    heard: str | None


@dataclass(frozen=True, slots=True)
class PhonemeScore:
    """One phoneme of the text as it was said.

    ``gop`` is a log-posterior ratio (target against the best competitor), higher is
    better; ``score`` is the expected expert rating on 0..100; ``wrong_probability`` is
    the calibrated probability that most experts would call the phoneme wrong. Score and
    probability are ``None`` in languages that no expert ratings exist for.
    """

    phoneme: str
    start_ms: float
    end_ms: float
    gop: float
    score: float | None
    wrong_probability: float | None
    verdict: Verdict
    # 0 no stress, 1 primary, 2 secondary: from the dictionary, shown and never graded.
    stress: int = 0
    # One of the few sounds of the utterance that the learner shall look at.
    flagged: bool = False
    diagnosis: Diagnosis | None = None


@dataclass(frozen=True, slots=True)
class WordScore:
    """One word of the text as it was said. A word that was not said has no phonemes.

    ``index`` counts the words of the text as shown (split at white space); ``weak`` says
    that a weak form ("as" as /əz/) was heard, which is never flagged.
    """

    index: int
    text: str
    start_ms: float
    end_ms: float
    score: float | None
    verdict: Verdict
    phonemes: tuple[PhonemeScore, ...] = ()
    weak: bool = False


@dataclass(frozen=True, slots=True)
class UtteranceScores:
    """Expected expert ratings of the whole utterance, 0..100.

    ``margin`` is the mean absolute error against the experts on the same scale: what
    stands behind the ± on screen.
    """

    accuracy: float
    fluency: float
    prosody: float
    total: float
    margin: float


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence inside the utterance."""

    start_ms: float
    end_ms: float


@dataclass(frozen=True, slots=True)
class SpeechMeasures:
    """What is measured rather than judged; the same for every language.

    Rates are syllables a second, over the whole utterance (``speech_rate``) and without
    its pauses (``articulation_rate``). ``pitch_range_semitones`` is between the 10th and
    90th percentile of voiced frames, ``None`` without enough voice.
    """

    speech_rate: float
    articulation_rate: float
    pauses: tuple[Pause, ...]
    pause_share: float
    fillers: int
    pitch_range_semitones: float | None


@dataclass(frozen=True, slots=True)
class AssessRequest:
    """One clip of speech to judge against a text.

    ``heard`` is the clip's transcript if recognition has run: its features save the
    scorer a pass, its words are evidence for the gate. ``voice`` is the voice print of
    the same learner from earlier in the same sitting, ``None`` at its start.
    """

    clip: AudioClip
    text: str
    language: str = "en"
    source: PromptSource = PromptSource.READ
    heard: Transcript | None = None
    voice: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class PronunciationAssessment:
    """What a scorer says about one clip.

    ``model`` names scorer and version (``frames-1``), so that stored results can be
    told apart and made again. ``validated`` says whether scores of this kind were
    checked against expert ratings. ``voice`` is a voice print for the gate of later
    requests; it identifies a person: it stays in memory and is never stored.
    """

    outcome: AssessmentOutcome
    model: str
    language: str
    source: PromptSource
    text: str
    validated: bool = False
    words: tuple[WordScore, ...] = ()
    scores: UtteranceScores | None = None
    measures: SpeechMeasures | None = None
    voice: tuple[float, ...] | None = field(default=None, repr=False)

    @property
    def judged(self) -> bool:
        """Whether there is something to show."""
        return self.outcome in (
            AssessmentOutcome.JUDGED,
            AssessmentOutcome.INCOMPLETE,
        )
