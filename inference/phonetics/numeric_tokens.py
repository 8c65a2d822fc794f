"""Reads tokens with digits: years, times, money, ranks, percentages, ranges, telephones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from .number_words import Reading, cardinal, one_by_one, ordinal, year
from .prompt_table import LanguageTable
from .prompt_tables import WORDS_FOR

_TIME = re.compile(
    r"(\d{1,2})(?::|h)(\d{2})(?::\d{2})?(h|uhr)?([ap]\.?m\.?)?", re.IGNORECASE
)
_HOUR = re.compile(r"(\d{1,2})h", re.IGNORECASE)
_ORDINALS = {
    "en": re.compile(r"(\d+)()(?:st|nd|rd|th)", re.IGNORECASE),
    "es": re.compile(r"(\d+)\.?(?:(a|ra|da|ta|va|na|ma)|°|o|er|ro|do|to|vo|no|mo)\.?"),
    "fr": re.compile(r"(\d+)(?:(re|ère|nde)|er|e|ème|eme|nd|°)", re.IGNORECASE),
    "de": re.compile(r"(\d+)()(?:ter|te|ten|tes|ste|sten|\.)", re.IGNORECASE),
}
_DECADE = re.compile(r"'?(\d{2}|\d{4})'?s")
_RANGE = re.compile(r"(\d{1,4})-(\d{1,4})")
_GROUPS = re.compile(r"\+?\(?\d+\)?(?:[-/.:]\(?\d+\)?)+")
_FRACTIONS = {
    "en": {"1/2": "one half;half", "1/3": "one third;a third", "2/3": "two thirds",
           "1/4": "one quarter;a quarter", "3/4": "three quarters"},
    "es": {"1/2": "medio;un medio", "1/4": "un cuarto", "3/4": "tres cuartos"},
    "fr": {"1/2": "un demi;demi", "1/4": "un quart", "3/4": "trois quarts"},
    "de": {"1/2": "ein halb;halb", "1/4": "ein viertel", "3/4": "drei viertel"},
}  # fmt: skip
# A number this long in groups is a telephone's.
_TELEPHONE_DIGITS = 7


@lru_cache(maxsize=2048)
def number_readings(
    core: str, language: str, *, before: str = "", after: str = ""
) -> tuple[Reading, ...]:
    """Return the readings of a token, the likeliest first; none if it is no number.

    ``before`` and ``after`` are the tokens around it: "May 3" is a rank.
    """
    core = "".join(str(int(c)) if c.isdecimal() else c for c in core)
    table = WORDS_FOR[language]
    if after.lower() in table.scales and any(sign in core for sign in table.money):
        # "$5 million": the currency comes behind the million.
        core = core.strip("".join(table.money))
    for read in (_fraction, _time, _rank, _decade, _money, _measured, _range, _grouped):
        if readings := read(core, language, table):
            return readings
    number = _plain(core, language, table)
    in_date = table.is_month(before) or table.is_month(after)
    if number and in_date and language == "en" and re.fullmatch(r"\d\d?", core):
        return (*ordinal(core, language), *number)
    return number


def _fraction(core: str, language: str, table: LanguageTable) -> tuple[Reading, ...]:
    known = _FRACTIONS[language].get(core)
    return tuple(tuple(w.split()) for w in known.split(";")) if known else ()


def _time(core: str, language: str, table: LanguageTable) -> tuple[Reading, ...]:
    found = _TIME.fullmatch(core) or _HOUR.fullmatch(core)
    if not found or int(found[1]) > 24:
        return ()
    hours = cardinal(str(int(found[1])), language)
    minutes = found[2] if found.re is _TIME else "00"
    if int(minutes) > 59:
        return ()
    hour_word = {"fr": "heures", "de": "uhr"}.get(language)
    row: list[tuple[Reading, ...]] = [_feminine(hours, language)]
    if hour_word:
        row.append(
            (
                (
                    hour_word
                    if found[1] not in ("1", "01") or language == "de"
                    else "heure",
                ),
            )
        )
    if minutes != "00":
        if minutes[0] == "0" and language == "en":
            row.append((("oh", *cardinal(minutes[1], language)[0]),))
        else:
            if language == "es":
                row.append((("y",), ()))
            row.append(cardinal(str(int(minutes)), language))
    half = found[4] if found.re is _TIME else None
    if half:
        row.append(((f"{half[0].lower()}.", "m."),))
    elif minutes == "00" and language == "en":
        row.append((("o'clock",), (), ("hundred",)))
    return combined(row)


def _feminine(hours: tuple[Reading, ...], language: str) -> tuple[Reading, ...]:
    """Hours are feminine in Spanish and French; "ein Uhr", not "eins"."""
    for_one = {"es": ("una",), "fr": ("une",), "de": ("ein",)}
    if hours[0] in (("uno",), ("un",), ("eins",)):
        return (for_one[language],)
    return hours


def _rank(core: str, language: str, table: LanguageTable) -> tuple[Reading, ...]:
    found = _ORDINALS[language].fullmatch(core)
    return ordinal(found[1], language, feminine=bool(found[2])) if found else ()


def _decade(core: str, language: str, table: LanguageTable) -> tuple[Reading, ...]:
    found = _DECADE.fullmatch(core)
    if language != "en" or not found or not found[1].endswith("0"):
        return ()
    digits = found[1]
    words = (
        year(digits, language)[0] if len(digits) == 4 else cardinal(digits, language)[0]
    )
    last = words[-1]
    plural = last[:-1] + "ies" if last.endswith("y") else last + "s"
    return ((*words[:-1], plural),)


def _money(core: str, language: str, table: LanguageTable) -> tuple[Reading, ...]:
    sign = next(
        (sign for sign in table.money if core.startswith(sign) or core.endswith(sign)),
        None,
    )
    if sign is None:
        return ()
    amount = core.removeprefix(sign).removesuffix(sign)
    scale = {"k": "1000", "m": "1000000", "bn": "1000000000"}
    factor = next((s for s in ("bn", "k", "m") if amount.lower().endswith(s)), "")
    amount = amount[: len(amount) - len(factor)]
    whole, _, cents = amount.partition(table.decimal)
    whole = whole.replace(table.thousands, "")
    if not whole.isdigit() or (cents and not cents.isdigit()):
        return ()
    one, many = table.money[sign]
    if factor:
        large = cardinal(scale[factor], language)[0][-1]
        return combined(
            [_plain(amount, language, table), ((large,),), (tuple(many.split()),)]
        )
    unit = tuple((one if whole == "1" else many).split())
    row = [cardinal(whole, language), (unit,)]
    if len(cents) == 2 and int(cents):
        row.append(cardinal(str(int(cents)), language))
    elif cents and int(cents):
        return combined([_plain(amount, language, table), (unit,)])
    return combined(row)


def _measured(core: str, language: str, table: LanguageTable) -> tuple[Reading, ...]:
    """A number with a unit or a percent sign."""
    found = re.fullmatch(r"(.*\d)([^\d.,:'-]+(?:/h)?)\.?", core)
    if not found:
        return ()
    suffix = found[2].lower()
    number = _plain(found[1], language, table) or _range(found[1], language, table)
    if not number:
        return ()
    if suffix == "%":
        return combined([number, (table.percent,)])
    if suffix == "+":
        return combined([number, (("plus",),)])
    if suffix not in table.units:
        return ()
    one, many = table.units[suffix]
    return combined([number, (tuple((one if found[1] == "1" else many).split()),)])


def _range(core: str, language: str, table: LanguageTable) -> tuple[Reading, ...]:
    found = _RANGE.fullmatch(core)
    if (
        not found
        or len(found[1]) + len(found[2]) >= _TELEPHONE_DIGITS
        and len(found[1]) != 4
    ):
        return ()
    low, high = (_plain(part, language, table) for part in found.groups())
    return combined([low, ((table.to,), ()), high])


def _grouped(core: str, language: str, table: LanguageTable) -> tuple[Reading, ...]:
    """Telephone numbers digit by digit; other groups ("3/4/21") each as a number."""
    if not _GROUPS.fullmatch(core) or _plain(core, language, table):
        return ()
    groups = re.findall(r"\d+", core)
    if (
        sum(map(len, groups)) >= _TELEPHONE_DIGITS
        and "/" not in core
        and ":" not in core
    ):
        return combined([one_by_one(group, language) for group in groups])
    return combined([_plain(group, language, table) for group in groups])


def _plain(core: str, language: str, table: LanguageTable) -> tuple[Reading, ...]:
    """A number alone: a year, a cardinal, a decimal fraction."""
    sign: tuple[Reading, ...] = ((),)
    if core[:1] in ("-", "+") and core[1:2].isdigit():
        sign, core = ((table.signs["+"] if core[0] == "+" else table.minus,),), core[1:]
    grouped = re.escape(table.thousands)
    if re.fullmatch(
        rf"\d{{1,3}}(?:{grouped}\d{{3}})+(?:{re.escape(table.decimal)}\d+)?", core
    ):
        core = core.replace(table.thousands, "")
    elif re.fullmatch(r"[12]\d{3}", core) and core[:2] not in ("10",):
        return combined([sign, year(core, language)])
    if re.fullmatch(r"\d+", core):
        numbers = cardinal(core, language)
        singly = one_by_one(core, language) if len(core) > 2 else ()
        if core[0] == "0" and len(core) > 1:
            return combined([sign, (*singly, *one_by_one(core, language), *numbers)])
        if language == "en" and len(core) == 3 and core[1:] != "00":
            # "Room 305": three oh five.
            numbers = (*numbers, *singly[-1:])
        return combined([sign, numbers])
    found = re.fullmatch(r"(\d*)[.,](\d+)", core)
    if not found:
        return ()
    whole, digits = found.groups()
    tail = one_by_one(digits, language)
    if language != "en" and len(digits) <= 2 and digits[0] != "0":
        tail = (*cardinal(digits, language), *tail)
    return combined([sign, cardinal(whole or "0", language), ((table.point,),), tail])


def combined(row: Iterable[tuple[Reading, ...]]) -> tuple[Reading, ...]:
    """Return readings of a row of parts: all first ones, then each other one by itself.

    A part without a reading leaves the whole without one.
    """
    parts = list(row)
    if not parts or not all(parts):
        return ()
    first = [readings[0] for readings in parts]
    rows = [first]
    for i, readings in enumerate(parts):
        rows += [[*first[:i], other, *first[i + 1 :]] for other in readings[1:]]
    found = (tuple(word for part in row for word in part) for row in rows)
    return tuple(reading for reading in dict.fromkeys(found) if reading)
