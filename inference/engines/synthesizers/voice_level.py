"""How loud a voice is: what the beginning of a clause tells of the rest that is not made."""

from __future__ import annotations

from threading import Lock

# Means over about so many clauses: a voice may be asked to speak otherwise.
_CLAUSES = 32
# Of what a beginning is louder than others, the whole clause has so much.
_TELLS = 0.5
# A clause is loudest where it begins, by so much, until the voice has shown how much.
_BEGINS_LOUDER_DB = 1.5


class VoiceLevel:
    """Running means of one voice's levels, in dB of full scale. Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._whole_db = _Mean()
        # By how much beginnings are louder than the whole, and what was left then.
        self._louder_db = _Mean(_BEGINS_LOUDER_DB)
        self._left = _Mean(1.0)

    def expected_db(self, made_db: float, share: float) -> float:
        """Return the level of a clause of which ``share`` is made, and has ``made_db``.

        All of it tells exactly. A beginning is believed by half: it may be one loud word.
        """
        left = 1.0 - share
        with self._lock:
            louder_db = self._louder_db.value / self._left.value * left
            if not self._whole_db.n:
                return made_db - louder_db
            told = _TELLS + (1.0 - _TELLS) * share
            usual_db = self._whole_db.value
            return usual_db + told * (made_db - louder_db - usual_db)

    def learn(self, whole_db: float, beginning: tuple[float, float] | None) -> None:
        """Take in a clause; ``beginning`` is its first piece's level and share, if there was one."""
        with self._lock:
            self._whole_db.add(whole_db)
            if beginning is not None:
                level_db, share = beginning
                self._louder_db.add(level_db - whole_db)
                self._left.add(1.0 - share)


class _Mean:
    """A mean that forgets; a first guess counts as one value."""

    def __init__(self, guess: float | None = None) -> None:
        self.value = guess or 0.0
        self.n = 0 if guess is None else 1

    def add(self, value: float) -> None:
        """Take in a value."""
        self.n = min(self.n + 1, _CLAUSES)
        self.value += (value - self.value) / self.n
