"""The beach: a man under an umbrella, a reader on a towel, children in the water, a coach."""

from __future__ import annotations

from .outdoors import bag, cloud, sun
from .paper import at, circle, ellipse, line, path, polygon, rect
from .people import SKINS, Person, person
from .things import book, shadow


def beach() -> list[str]:
    """Return the picture."""
    return [
        *_scenery(),
        *_coach(),
        *_water(),
        *_umbrella(),
        *_reader(),
        *_sandwiches(),
        *_walker(),
    ]


def _scenery() -> list[str]:
    return [
        rect(0, 0, 800, 500, "#cfeaf5"), sun(110, 70, 34), cloud(330, 66), cloud(560, 44, 0.8),
        # The promenade on the right, with the road to it.
       
        rect(0, 150, 660, 120, "#5fb4d6"), path("M440 150Q560 96 800 92V240H640Q520 200 440 150Z", "#9ccf8f"), path("M500 172Q630 140 800 140V182Q640 176 540 200Z", "#b9b2a6"), path("M0 170q30 -8 60 0t60 0t60 0t60 0t60 0t60 0t60 0", None, "#fff", 3, opacity=0.45),
        path("M30 206q30 -8 60 0t60 0t60 0t60 0t60 0t60 0", None, "#fff", 3, opacity=0.45),
        path("M0 262Q150 240 300 262T600 200T800 186V500H0Z", "#fff", opacity=0.85),
        path("M0 274Q150 252 300 274T600 214T800 200V500H0Z", "#f4deb0"),
        path("M0 400Q240 360 460 392T800 372V500H0Z", "#eed39c"),
        polygon([(160, 150), (160, 84), (206, 142)], "#fff"), polygon([(154, 150), (154, 100), (126, 142)], "#e0645c"), path("M120 148h92l-14 18h-64Z", "#8a5a36"),
    ]  # fmt: skip


def _coach() -> list[str]:
    return [at(640, 168, [
        rect(-84, -62, 168, 56, "#2f7d6b", 10), rect(-84, -24, 168, 6, "#f4c04e"),
        *[rect(-76 + k * 31, -54, 26, 22, "#d8eef5", 3) for k in range(4)], rect(52, -54, 27, 42, "#d8eef5", 3),
        circle(-48, -4, 11, "#2b2a33"), circle(-48, -4, 5, "#cfc8bc"), circle(50, -4, 11, "#2b2a33"), circle(50, -4, 5, "#cfc8bc"),
    ])]  # fmt: skip


def _water() -> list[str]:
    one = Person(
        skin=SKINS[2],
        hair="#241a16",
        style="short",
        top="#f4c04e",
        sleeves="none",
        hands=((-18, -88), (19, -92)),
        mood="laugh",
        legs=False,
    )
    two = Person(
        skin=SKINS[0],
        hair="#c9873f",
        style="tail",
        top="#e0645c",
        sleeves="none",
        hands=((-15, -76), (21, -70)),
        mood="laugh",
        legs=False,
    )
    swimmer = Person(
        skin=SKINS[4],
        hair="#8a5535",
        style="short",
        top="#3f7fb5",
        sleeves="none",
        hands=((-16, -90), (20, -62)),
        legs=False,
    )
    hide = [
        path("M214 238q18 -9 38 0t38 0t38 0t38 0v14q-80 -4 -152 0Z", "#5fb4d6"),
        path("M214 238q18 -9 38 0t38 0t38 0t38 0", None, "#fff", 3, opacity=0.7),
    ]
    return [
        person(430, 232, 0.9, swimmer), path("M404 186q10 -7 26 0t26 0v14h-52Z", "#5fb4d6"),
        person(252, 296, 1.3, one), person(338, 294, 1.25, two, flip=True), *hide,
        *[circle(x, y, 3, "#fff", opacity=0.9) for x, y in ((288, 196), (298, 178), (308, 206), (280, 214), (316, 188))],
        circle(296, 168, 11, "#fff"), path("M296 157a11 11 0 0 1 0 22q-6 -11 0 -22Z", "#e0645c"),
    ]  # fmt: skip


def _umbrella() -> list[str]:
    man = Person(
        skin=SKINS[0], hair="#6b4530", style="short", hat="sun:#ffffff", top="#3f7fb5", bottom="#4b5b7f", wears="shorts", sleeves="short",
        hip=(0, -14), hands=((-16, -16), (16, -40)), feet=((36, -4), (40, -3)), shoes="", lean=-12,
    )  # fmt: skip
    return [
        shadow(150, 440, 120), line([(150, 440), (128, 214)], "#8a5a36", 6),
        path("M4 262Q30 176 126 186Q222 180 246 246Q214 232 186 244Q158 230 128 246Q96 236 66 254Q34 246 4 262Z", "#e0645c"),
        path("M66 254Q80 196 126 186Q98 206 92 243ZM186 244Q176 200 126 186Q152 204 156 238Z", "#fff", opacity=0.85),
        polygon([(60, 432), (236, 428), (250, 448), (52, 452)], "#6aa9c9"), person(112, 448, 1.6, man),
    ]  # fmt: skip


def _reader() -> list[str]:
    woman = Person(
        skin=SKINS[3], hair="#241a16", style="curly", top="#7a4fa3", bottom="#7a4fa3", wears="swim", sleeves="none", hip=(0, -9), lean=-22,
        hands=((20, -34), (24, -33)), feet=((38, -3), (42, -2)), knees=(-1, -1), shoes="", glasses=True,
    )  # fmt: skip
    return [
        shadow(404, 466, 110), polygon([(300, 446), (508, 440), (524, 470), (306, 478)], "#d0332e"), line([(312, 454), (512, 448)], "#fff", 3, opacity=0.5),
        person(360, 466, 1.65, woman), at(403, 406, [book(0, 0, "#f4c04e", 1.7)]),
    ]  # fmt: skip


def _sandwiches() -> list[str]:
    child = Person(
        skin=SKINS[1],
        hair="#3a2a20",
        style="bob",
        top="#5fa876",
        bottom="#e0645c",
        wears="shorts",
        sleeves="short",
        hip=(0, -10),
        hands=((14, -26), (11, -48)),
        feet=((24, -3), (28, -2)),
        shoes="",
        mood="open",
    )
    sandwich = [
        polygon([(-9, 5), (9, 5), (7, 0), (-7, 0)], "#d9a055"),
        rect(-9, -3, 18, 3, "#7fae5a"),
        polygon([(-9, -4), (9, -4), (4, -10), (-4, -10)], "#e9bd7c"),
    ]
    return [
        shadow(560, 420, 50), person(540, 424, 1.35, child), at(556, 362, sandwich, 0.9),
        ellipse(606, 424, 26, 6, "#fff"), at(598, 420, sandwich), at(614, 421, sandwich),
        path("M640 420l6 -26h22l6 26Z", "#f4c04e"), circle(690, 440, 15, "#fff"), path("M690 425a15 15 0 0 1 0 30q-9 -15 0 -30Z", "#3f7fb5"),
    ]  # fmt: skip


def _walker() -> list[str]:
    man = Person(
        skin=SKINS[5],
        hair="#2b2320",
        style="short",
        top="#f2f0ea",
        bottom="#2f7d6b",
        wears="shorts",
        sleeves="short",
        beard="#2b2320",
        hat="cap:#c9513f",
        hands=((-13, -46), (16, -44)),
        feet=((-11, -2), (10, -2)),
        shoes="",
    )
    return [
        shadow(724, 358, 44),
        bag(744, 312, "#2f5fa8", 1.5),
        person(716, 358, 1.75, man),
    ]
