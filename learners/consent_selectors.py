"""Reads of consents: what counts now, for which purpose, and what happened before."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F, QuerySet

from schools.rules import LearnerRules, get_learner_rules
from schools.switches import RESEARCH_CONSENT, is_on_for

from .models import Consent, Guardian, LearnerProfile

Purpose = Consent.Purpose


class GuardianAnswer(StrEnum):
    """What the grown-ups say who answer for a learner."""

    NOT_NEEDED = "NOT_NEEDED"
    NOBODY_ASKED = "NOBODY_ASKED"
    WAITING = "WAITING"
    YES = "YES"
    NO = "NO"


@dataclass(frozen=True, slots=True)
class ConsentState:
    """What a learner, and for a minor a guardian, say about one purpose."""

    purpose: str
    own: bool
    guardian: GuardianAnswer

    @property
    def counts(self) -> bool:
        """Whether all agreed who have to."""
        return self.own and self.guardian in {
            GuardianAnswer.NOT_NEEDED,
            GuardianAnswer.YES,
        }

    @property
    def waits_for_guardian(self) -> bool:
        """Whether the learner agreed and a guardian has not said anything yet."""
        return self.own and self.guardian in {
            GuardianAnswer.WAITING,
            GuardianAnswer.NOBODY_ASKED,
        }


def may_store_voice(learner_id: int) -> bool:
    """Whether the sound of this learner's voice may be stored at this moment.

    Their own consent, and for a minor that of a guardian who said that they are one.
    """
    profile = LearnerProfile.objects.filter(user_id=learner_id)
    own = profile.values_list("stores_recordings", flat=True).first()
    if not own:
        return False
    rules = get_learner_rules(learner_id=learner_id)
    return guardian_allows(learner_id, Purpose.STORE_VOICE, rules)


def may_use_for_research(learner_id: int) -> bool:
    """Whether recordings and texts may be used for research.

    Nothing does so far; exports say what was agreed to.
    """
    if not is_on_for(RESEARCH_CONSENT, user_id=learner_id):
        return False
    return get_consent_state(learner_id=learner_id, purpose=Purpose.RESEARCH).counts


def guardian_allows(learner_id: int, purpose: str, rules: LearnerRules) -> bool:
    """Whether nothing is missing from a guardian."""
    if not rules.is_minor:
        return True
    latest = _of_guardians(learner_id, purpose).first()
    return latest is not None and latest.is_given


def get_consent_state(*, learner_id: int, purpose: str) -> ConsentState:
    """Return what each side says about a purpose."""
    if purpose == Purpose.STORE_VOICE:
        profile = LearnerProfile.objects.filter(user_id=learner_id)
        own = profile.values_list("stores_recordings", flat=True).first()
    else:
        rows = Consent.objects.filter(learner_id=learner_id, guardian=None)
        said = rows.filter(purpose=purpose).values_list("is_given", flat=True)
        own = said.first()
    return ConsentState(
        purpose=purpose, own=bool(own), guardian=_answer(learner_id, purpose)
    )


def list_consents(*, learner_id: int) -> QuerySet[Consent]:
    """Return everything that was agreed to or taken back, latest first."""
    rows = Consent.objects.filter(learner_id=learner_id)
    return rows.select_related("guardian")


def list_guardians(*, learner_id: int) -> QuerySet[Guardian]:
    """Return who answers for a learner, or was asked to."""
    return Guardian.objects.filter(learner_id=learner_id, removed_at=None)


def get_guardians_choice(*, guardian: Guardian, purpose: str) -> bool | None:
    """Return what one guardian said last, None where they did not say anything."""
    rows = _of_guardians(guardian.learner_id, purpose).filter(guardian=guardian)
    return rows.values_list("is_given", flat=True).first()


def _answer(learner_id: int, purpose: str) -> GuardianAnswer:
    if not get_learner_rules(learner_id=learner_id).is_minor:
        return GuardianAnswer.NOT_NEEDED
    latest = _of_guardians(learner_id, purpose).first()
    if latest is not None:
        return GuardianAnswer.YES if latest.is_given else GuardianAnswer.NO
    asked = list_guardians(learner_id=learner_id).exists()
    return GuardianAnswer.WAITING if asked else GuardianAnswer.NOBODY_ASKED


def _of_guardians(learner_id: int, purpose: str) -> QuerySet[Consent]:
    """Return what guardians said who are that now; the latest of all of them counts."""
    return Consent.objects.filter(
        learner_id=learner_id,
        purpose=purpose,
        guardian__removed_at=None,
        at__gte=F("guardian__confirmed_at"),
    ).exclude(guardian=None)
