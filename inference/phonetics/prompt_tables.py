"""Signs, units and abbreviations of English, and where each language's are."""

from __future__ import annotations

from .prompt_table import LanguageTable
from .prompt_tables_european import FRENCH, GERMAN, SPANISH

ENGLISH = LanguageTable(
    decimal=".",
    thousands=",",
    point="point",
    minus="minus",
    percent=("percent",),
    to="to",
    signs={
        "&": "and", "+": "plus", "=": "equals", "@": "at", "#": "number",
        "°": "degrees", "×": "times", "÷": "divided by",
    },
    money={
        "$": ("dollar", "dollars"), "£": ("pound", "pounds"), "€": ("euro", "euros"),
        "¥": ("yuan", "yuan"), "₹": ("rupee", "rupees"), "¢": ("cent", "cents"),
    },
    units={
        "km": ("kilometer", "kilometers"), "m": ("meter", "meters"),
        "cm": ("centimeter", "centimeters"), "mm": ("millimeter", "millimeters"),
        "kg": ("kilogram", "kilograms"), "g": ("gram", "grams"),
        "l": ("liter", "liters"), "ml": ("milliliter", "milliliters"),
        "h": ("hour", "hours"), "min": ("minute", "minutes"), "s": ("second", "seconds"),
        "ft": ("foot", "feet"), "lb": ("pound", "pounds"), "lbs": ("pound", "pounds"),
        "oz": ("ounce", "ounces"), "mph": ("mile an hour", "miles an hour"),
        "km/h": ("kilometer an hour", "kilometers an hour"),
        "°": ("degree", "degrees"), "°c": ("degree celsius", "degrees celsius"),
        "°f": ("degree fahrenheit", "degrees fahrenheit"), "am": ("a. m.", "a. m."),
        "pm": ("p. m.", "p. m."), "k": ("thousand", "thousand"),
        "gb": ("gigabyte", "gigabytes"), "mb": ("megabyte", "megabytes"),
    },
    abbreviations={
        "mr": "mister", "mrs": "missus", "ms": "miz", "dr": "doctor", "prof": "professor",
        "st.": "saint;street", "jr": "junior", "sr": "senior", "vs": "versus",
        "etc": "et cetera", "e.g": "for example;e. g.", "i.e": "that is;i. e.",
        "a.m": "a. m.", "p.m": "p. m.", "no.": "no;number", "ave.": "avenue",
        "rd.": "road", "dept": "department", "approx": "approximately",
        "jan": "january", "feb": "february", "mar.": "mar;march", "apr": "april",
        "aug": "august", "sept": "september", "sep.": "september", "oct": "october",
        "nov": "november", "dec": "december", "mon.": "mon;monday", "tue": "tuesday",
        "tues": "tuesday", "wed.": "wed;wednesday", "thu": "thursday", "thurs": "thursday",
        "fri": "friday", "sat.": "sat;saturday", "sun.": "sun;sunday", "w/": "with",
    },
    months=frozenset(
        [
            "january", "february", "march", "april", "may", "june", "july", "august",
            "september", "october", "november", "december", "jan", "feb", "mar", "apr",
            "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
        ]
    ),
    scales=frozenset(["hundred", "thousand", "million", "billion", "trillion"]),
    spelled=frozenset(
        [
            "US", "USA", "UK", "EU", "UN", "IT", "ID", "TV", "PC", "PE", "AC", "DC",
            "DJ", "MP", "AI", "HR", "PR", "CEO", "CIA", "FBI", "BBC", "CNN", "DVD",
            "CD", "ATM", "VIP", "FAQ", "URL", "HTML", "GPS", "SMS", "LED", "USB", "BMW",
            "IBM", "UFO", "IQ", "PHD", "MBA",
        ]
    ),
    address={".": "dot", "@": "at", "/": "slash", "-": "dash"},
)  # fmt: skip

WORDS_FOR: dict[str, LanguageTable] = {
    "en": ENGLISH,
    "es": SPANISH,
    "fr": FRENCH,
    "de": GERMAN,
}
