"""The demo's people and course: who they are and what is taught."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody to sign in as. The password is public, so for demos only."""

    email: str
    role: str
    display_name: str
    l1: str
    level: str
    goal: str = ""
    password: str = "talk-to-me"  # noqa: S105 printed for everybody to use


DEMO_ACCOUNTS: Final = (
    DemoAccount(
        "liwei@example.org", "LEARNER", "Li Wei", "zh", "A2",
        "Talk with customers at work without a dictionary.",
    ),
    DemoAccount(
        "sofia@example.org", "LEARNER", "Sofía", "es", "B1",
        "Feel at ease in meetings.",
    ),
    DemoAccount(
        "kenji@example.org", "LEARNER", "Kenji", "ja", "A1",
        "Order food and find my way on a trip.",
    ),
    DemoAccount("teacher@example.org", "TEACHER", "Amara", "en", "C2"),
    DemoAccount("admin@example.org", "ADMIN", "Admin", "en", "C2"),
)  # fmt: skip

DEMO_COURSE: Final[dict[str, Any]] = {
    "key": "first-conversations",
    "title": "First conversations",
    "l2": "en",
    "description": (
        "Six talks from everyday life, from saying who you are to telling a story. "
        "Start where you feel at home."
    ),
    "is_published": True,
}

DEMO_LESSONS: Final[tuple[dict[str, Any], ...]] = (
    {
        "key": "nice-to-meet-you",
        "title": "Nice to meet you",
        "level": "A1",
        "situation": (
            "You are new in an evening class. The person in the next seat turns to you "
            "before the lesson starts."
        ),
        "goals": [
            "I can say my name and where I am from.",
            "I can ask somebody the same questions.",
            "I can say what I do.",
        ],
        "tutor_role": "Another student, friendly and curious",
        "tutor_facts": ["I am from Leeds.", "I study music.", "I live near the park."],
        "opening_line": "Hi! Is this seat free? I’m Robin. What’s your name?",
        "target_words": ["name", "from", "live", "work", "student", "city"],
        "target_phrases": [
            "My name is …",
            "I’m from …",
            "And you?",
            "Nice to meet you!",
        ],
    },
    {
        "key": "at-the-cafe",
        "title": "At the café",
        "level": "A1",
        "situation": (
            "It is your turn at the counter of a small café. You would like something to "
            "drink and something to eat."
        ),
        "goals": [
            "I can order a drink and some food.",
            "I can ask what something costs.",
            "I can be polite: please, thank you, sorry.",
        ],
        "tutor_role": "The person behind the counter, in no hurry",
        "tutor_facts": [
            "A coffee is three euros.",
            "A tea is two euros.",
            "A small water is one euro.",
            "A cheese sandwich is four euros.",
        ],
        "opening_line": "Good morning! What would you like today?",
        "target_words": [
            "coffee",
            "tea",
            "water",
            "sandwich",
            "small",
            "large",
            "price",
        ],
        "target_phrases": [
            "I’d like …, please.",
            "How much is it?",
            "Can I have … too?",
        ],
    },
    {
        "key": "finding-the-way",
        "title": "Finding the way",
        "level": "A2",
        "situation": (
            "You want to go to the museum, but your phone is dead. Somebody who lives here "
            "is waiting for the bus."
        ),
        "goals": [
            "I can ask politely for the way.",
            "I can understand left, right and straight on.",
            "I can check that I understood.",
        ],
        "tutor_role": "A local person at a bus stop, happy to help",
        "tutor_facts": [
            "The station is straight on, five minutes from here.",
            "The museum is opposite the bridge.",
            "The bank is on the corner, on the left.",
        ],
        "opening_line": "You look a bit lost. Where are you trying to go?",
        "target_words": [
            "left",
            "right",
            "straight on",
            "corner",
            "bridge",
            "opposite",
        ],
        "target_phrases": [
            "Excuse me, how do I get to …?",
            "Is it far from here?",
            "So I turn left at …, is that right?",
        ],
    },
    {
        "key": "making-plans",
        "title": "Making plans",
        "level": "A2",
        "situation": (
            "A friend calls you on Thursday evening. You both have time at the weekend, but "
            "not at the same hours."
        ),
        "goals": [
            "I can suggest something to do.",
            "I can say yes or no in a friendly way.",
            "I can agree on a day, a time and a place.",
        ],
        "tutor_role": "A good friend who likes the outdoors and hates getting up early",
        "opening_line": "Hey! I’m free this weekend at last. What do you feel like doing?",
        "target_words": ["weekend", "free", "busy", "meet", "early", "instead"],
        "target_phrases": [
            "How about …?",
            "I’m sorry, I can’t on …",
            "Let’s meet at …",
            "That sounds great.",
        ],
    },
    {
        "key": "something-is-wrong",
        "title": "Something is wrong with my room",
        "level": "B1",
        "situation": (
            "You come back to your hotel at night. The heating does not work, and there is "
            "a loud party next door. You go down to the front desk."
        ),
        "goals": [
            "I can explain a problem clearly and calmly.",
            "I can say what I would like to happen.",
            "I can accept an offer or ask for a better one.",
        ],
        "tutor_role": "The night porter: polite, but the hotel is nearly full",
        "tutor_facts": [
            "One room on the second floor is free.",
            "Somebody can fix the heating tomorrow at eight.",
            "For a refund you have to speak to the manager.",
        ],
        "opening_line": "Good evening. You don’t look too happy. What’s the matter?",
        "target_words": ["heating", "noise", "complain", "fix", "refund", "move"],
        "target_phrases": [
            "I’m afraid there’s a problem with …",
            "Would it be possible to …?",
            "I’d rather … than …",
        ],
    },
    {
        "key": "a-day-to-remember",
        "title": "A day to remember",
        "level": "B1",
        "situation": (
            "You sit with an old friend after dinner. You tell each other about days that "
            "did not go as planned."
        ),
        "goals": [
            "I can tell a story from beginning to end.",
            "I can say how I felt and why.",
            "I can react to somebody else’s story.",
        ],
        "tutor_role": "An old friend who loves stories and asks for details",
        "opening_line": (
            "Tell me about a day when everything went differently from what you expected."
        ),
        "target_words": ["suddenly", "while", "luckily", "in the end", "embarrassed"],
        "target_phrases": [
            "It all started when …",
            "I was just about to …",
            "You won’t believe what happened next.",
        ],
    },
)
