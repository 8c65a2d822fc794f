"""The tutors of the product. Another one is another entry here."""

from __future__ import annotations

from .person import Person

PEOPLE = (
    Person(
        name="ada", sex="female", age=0.06,
        origins={"african": 0.68, "caucasian": 0.22, "asian": 0.1},
        muscle=0.5, weight=0.5,
        shapes={
            "eyes/l-eye-scale-incr": 0.35, "eyes/r-eye-scale-incr": 0.35,
            "mouth/mouth-scale-horiz-incr": 0.15, "head/head-oval": 0.4,
            "chin/chin-width-decr": 0.2,
            "ears/l-ear-wing-decr": 0.5, "ears/r-ear-wing-decr": 0.5,
            "ears/l-ear-lobe-decr": 0.9, "ears/r-ear-lobe-decr": 0.9, "neck/neck-scale-horiz-decr": 0.35,
        },
        skin="#916048", lips="#8f4344", flush=0.34, iris="#4a2c1a", hair="#1d1412",
        hair_tip="#35231b", brow="#1c1311", haircut="curls", garment="crew",
        cloth="#c98b2f", trim="#b97d27", makeup=0.55,
    ),
    Person(
        name="jonas", sex="male", age=0.28,
        origins={"caucasian": 1.0}, muscle=0.52, weight=0.5,
        shapes={
            "eyes/l-eye-scale-incr": 0.3, "eyes/r-eye-scale-incr": 0.3,
            "chin/chin-width-incr": 0.1, "nose/nose-scale-horiz-incr": 0.1,
            "mouth/mouth-upperlip-height-incr": 0.4, "mouth/mouth-lowerlip-height-incr": 0.3,
            "ears/l-ear-wing-decr": 0.6, "ears/r-ear-wing-decr": 0.6,
            "ears/l-ear-lobe-decr": 0.9, "ears/r-ear-lobe-decr": 0.9,
        },
        skin="#dcae96", lips="#b8756b", flush=0.36, iris="#4f7286", hair="#4a3524",
        hair_tip="#7a5a3c", brow="#4a3525", haircut="short", garment="layers",
        cloth="#3d5673", trim="#364d68", stubble=0.6, lines=0.2, rest={"eyeWide": 0.35},
    ),
    Person(
        name="mei", sex="female", age=0.42,
        origins={"asian": 0.95, "caucasian": 0.05}, muscle=0.5, weight=0.52,
        shapes={
            "eyes/l-eye-scale-incr": 0.4, "eyes/r-eye-scale-incr": 0.4,
            "head/head-round": 0.25, "mouth/mouth-upperlip-height-incr": 0.2,
        },
        skin="#e3b692", lips="#b5605c", flush=0.42, iris="#3a2418", hair="#605b58",
        hair_tip="#8b8682", brow="#453d39", haircut="bob", garment="roll",
        cloth="#5f7f78", trim="#5f7f78", lines=0.4, makeup=0.3, brow_weight=0.85,
        grey=0.42, rest={"eyeWide": 0.15},
    ),
)  # fmt: skip
