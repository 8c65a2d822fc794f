"""Signs, units and abbreviations of Spanish, French and German."""

from __future__ import annotations

from .prompt_table import LanguageTable

_SPELLED = frozenset(
    [
        "USA",
        "UE",
        "EU",
        "UK",
        "TV",
        "PC",
        "DVD",
        "CD",
        "BBC",
        "SMS",
        "GPS",
        "VIP",
        "URL",
        "HTML",
        "USB",
        "BMW",
    ]
)

SPANISH = LanguageTable(
    decimal=",",
    thousands=".",
    point="coma",
    minus="menos",
    percent=("por", "ciento"),
    to="a",
    signs={
        "&": "y", "+": "más", "=": "igual a", "@": "arroba", "#": "número",
        "°": "grados", "×": "por", "÷": "entre",
    },
    money={
        "$": ("dólar", "dólares"), "€": ("euro", "euros"), "£": ("libra", "libras"),
        "¥": ("yen", "yenes"),
    },
    units={
        "km": ("kilómetro", "kilómetros"), "m": ("metro", "metros"),
        "cm": ("centímetro", "centímetros"), "mm": ("milímetro", "milímetros"),
        "kg": ("kilo", "kilos"), "g": ("gramo", "gramos"), "l": ("litro", "litros"),
        "ml": ("mililitro", "mililitros"), "h": ("hora", "horas"),
        "min": ("minuto", "minutos"), "s": ("segundo", "segundos"),
        "km/h": ("kilómetro por hora", "kilómetros por hora"),
        "°": ("grado", "grados"), "°c": ("grado", "grados"),
    },
    abbreviations={
        "sr": "señor", "sra": "señora", "srta": "señorita", "dr": "doctor",
        "dra": "doctora", "ud": "usted", "uds": "ustedes", "vd": "usted", "etc": "etcétera",
        "p.ej": "por ejemplo", "núm": "número", "pág": "página", "av.": "avenida",
        "avda": "avenida", "ee.uu": "estados unidos", "a.m": "a. m.", "p.m": "p. m.",
    },
    months=frozenset(
        [
            "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
            "septiembre", "octubre", "noviembre", "diciembre",
        ]
    ),
    spelled=_SPELLED,
    address={".": "punto", "@": "arroba", "/": "barra", "-": "guion"},
    vowels="aeiouáéíóúüy",
)  # fmt: skip

FRENCH = LanguageTable(
    decimal=",",
    thousands=".",
    point="virgule",
    minus="moins",
    percent=("pour", "cent"),
    to="à",
    signs={
        "&": "et", "+": "plus", "=": "égale", "@": "arobase", "#": "numéro",
        "°": "degrés", "×": "fois", "÷": "divisé par",
    },
    money={
        "$": ("dollar", "dollars"), "€": ("euro", "euros"), "£": ("livre", "livres"),
        "¥": ("yen", "yens"),
    },
    units={
        "km": ("kilomètre", "kilomètres"), "m": ("mètre", "mètres"),
        "cm": ("centimètre", "centimètres"), "mm": ("millimètre", "millimètres"),
        "kg": ("kilo", "kilos"), "g": ("gramme", "grammes"), "l": ("litre", "litres"),
        "ml": ("millilitre", "millilitres"), "h": ("heure", "heures"),
        "min": ("minute", "minutes"), "s": ("seconde", "secondes"),
        "km/h": ("kilomètre heure", "kilomètres heure"),
        "°": ("degré", "degrés"), "°c": ("degré", "degrés"),
    },
    abbreviations={
        "m.": "monsieur", "mm.": "messieurs", "mme": "madame", "mmes": "mesdames",
        "mlle": "mademoiselle", "dr": "docteur", "etc": "et cetera", "p.ex": "par exemple",
        "c.-à-d": "c'est à dire", "av.": "avenue", "bd": "boulevard", "st": "saint",
        "ste": "sainte", "n°": "numéro", "svp": "s'il vous plaît",
    },
    months=frozenset(
        [
            "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
            "septembre", "octobre", "novembre", "décembre",
        ]
    ),
    spelled=_SPELLED,
    address={".": "point", "@": "arobase", "/": "barre", "-": "tiret"},
    vowels="aeiouyàâéèêëîïôùûœ",
)  # fmt: skip

GERMAN = LanguageTable(
    decimal=",",
    thousands=".",
    point="komma",
    minus="minus",
    percent=("prozent",),
    to="bis",
    signs={
        "&": "und", "+": "plus", "=": "gleich", "@": "at", "#": "nummer",
        "°": "grad", "×": "mal", "÷": "geteilt durch",
    },
    money={
        "$": ("dollar", "dollar"), "€": ("euro", "euro"), "£": ("pfund", "pfund"),
        "¥": ("yen", "yen"),
    },
    units={
        "km": ("kilometer", "kilometer"), "m": ("meter", "meter"),
        "cm": ("zentimeter", "zentimeter"), "mm": ("millimeter", "millimeter"),
        "kg": ("kilo", "kilo"), "g": ("gramm", "gramm"), "l": ("liter", "liter"),
        "ml": ("milliliter", "milliliter"), "h": ("stunde", "stunden"),
        "min": ("minute", "minuten"), "s": ("sekunde", "sekunden"),
        "km/h": ("stundenkilometer", "stundenkilometer"),
        "°": ("grad", "grad"), "°c": ("grad", "grad"),
    },
    abbreviations={
        "hr.": "herr", "fr.": "frau", "dr": "doktor", "prof": "professor",
        "z.b": "zum beispiel", "d.h": "das heißt", "usw": "und so weiter", "etc": "et cetera",
        "bzw": "beziehungsweise", "ca": "circa", "str.": "straße", "nr": "nummer",
        "u.a": "unter anderem", "st.": "sankt", "evtl": "eventuell", "vgl": "vergleiche",
    },
    months=frozenset(
        [
            "januar", "februar", "märz", "april", "mai", "juni", "juli", "august",
            "september", "oktober", "november", "dezember",
        ]
    ),
    spelled=_SPELLED | frozenset({"EU", "ICE", "LKW", "PKW"}),
    address={".": "punkt", "@": "ät", "/": "schrägstrich", "-": "minus"},
    vowels="aeiouyäöü",
)  # fmt: skip
