"""Captions that players read."""

from sessions.clips.captions import Cue, as_webvtt
from sessions.clips.words import clip_digest, words_digest


def test_cues_have_times_and_nothing_ends_them_early() -> None:
    text = as_webvtt(
        [
            Cue("Hello <b>you</b> & me\n\n--> bad", 300, 1500),
            Cue("Bye.", 3_723_004, 3_724_000),
        ]
    )
    assert text.startswith("WEBVTT\n\n00:00:00.300 --> 00:00:01.500\n")
    assert "Hello &lt;b&gt;you&lt;/b&gt; &amp; me --&gt; bad" in text
    assert "01:02:03.004 --> 01:02:04.000\nBye.\n" in text
    assert text.count("\n\n") == 2


def test_every_part_makes_another_clip() -> None:
    def of(**changed: str) -> str:
        parts = {"language": "en", "voice": "v", "face": "f", "engine": "e"} | changed
        return clip_digest(("Hi.",), **parts)

    same = of()
    assert of() == same
    others = {of(**{part: "x"}) for part in ("language", "voice", "face", "engine")}
    assert len(others | {same}) == 5
    assert (
        clip_digest(("Hi", "."), language="en", voice="v", face="f", engine="e") != same
    )
    assert words_digest(("a",), "en") != words_digest(("a",), "es")
