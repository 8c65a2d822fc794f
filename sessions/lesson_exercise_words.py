"""What the script of the page of a lesson's exercises says, in the page's language."""

from __future__ import annotations

from django.utils.translation import gettext as _


def page_words() -> dict[str, str]:
    """Return the words by name; the script fills in what stands in braces."""
    return {
        "allLeft": _("You left all of them for later. They wait for you here."),
        "allWell": _("All of them. That was well done."),
        "cannotSpeak": _("I can't speak now"),
        "check": _("Check"),
        "comesAgain": _("It comes once more at the end."),
        "countWords": _("{n} words, at least {least}"),
        "doThese": _("Do these now"),
        "example": _("One possible answer"),
        "fromMemory": _("Write the sentence from memory."),
        "hint": _("Hint"),
        "iHeard": _("I heard:"),
        "leftForLater": _("Left for later"),
        "listen": _("Listen"),
        "lookAgain": _("Show or hide the sentence"),
        "matchLeft": _("First halves"),
        "matchRight": _("Second halves"),
        "next": _("Next"),
        "noClip": _("The sound of this try is no longer in this page."),
        "noVoice": _(
            "There is no voice for this language here. Read it, remember it, then go on."
        ),
        "noWords": _("I did not hear any words. Try again, or write."),
        "notNow": _("Not now"),
        "onceMore": _("Once more"),
        "progress": _("{at} of {of}"),
        "repeatThese": _("Repeat these"),
        "saidWords": _("{n} words. From the lesson:"),
        "sayBoth": _("Now say both words"),
        "sayInstead": _("Say it instead"),
        "sayIt": _("Say it"),
        "slowly": _("Slowly"),
        "someWell": _("{n} of {of} went well. Here is what is worth another look."),
        "startTalk": _("Start the talk"),
        "talkCounts": _("It counts as soon as you have said something there."),
        "toRepeat": _("Worth repeating"),
        "tryAgain": _("Try again"),
        "useSome": _("Use at least {n} of:"),
        "wait": _("One moment…"),
        "wentWell": _("Went well"),
        "wordSaid": _("I understood this word."),
        "writeAnswer": _("Your answer"),
        "writeSentence": _("The sentence"),
        "youWrote": _("You wrote:"),
    }
