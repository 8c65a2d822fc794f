"""Turns to fit the decision's numbers on, and others to see what they are worth.

None of the lines is in the benchmark, and no line is in two of the sets. ``[]`` is a pause whose
length is drawn from a seed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum

from .scripts import SPEAKERS, Kind, Script

# As long as learners' pauses are, in seconds.
PAUSES_S = (0.4, 0.6, 0.8, 1.0, 1.3, 1.7, 2.2, 3.0)


class Half(StrEnum):
    """What a line is for."""

    FIT = "fit"
    HELD_OUT = "held_out"
    # Played once, when everything was chosen.
    UNSEEN = "unseen"


_TURNS = {
    Half.FIT: (
        ("Tell me more.", "I want to buy a [] new phone for my birthday."),
        ("What happened?", "We could not go because [] the train was too late."),
        ("Tell me about your evening.", "In the evening I watch [] a film with my wife."),
        ("Tell me about her.", "My sister lives in [] a big house near the beach."),
        ("Where would you go?", "I have never been to [] Australia but I want to go."),
        ("Go on.", "Yesterday my teacher gave me [] a lot of homework."),
        ("Why do you live here?", "I like this city and [] I want to stay here."),
        ("Tell me about it.", "When I was small [] we had two dogs."),
        ("What does he do?", "He works in a [] restaurant at the weekend."),
        ("How was it?", "It was very [] expensive so I did not buy it."),
        ("What do you think?", "I think that [] people should eat less meat."),
        ("Go on.", "My friend {um} [] she studies medicine in Berlin."),
        ("How do you get there?", "I usually go to work by [] {uh} [] by bus."),
        ("Which day was the best?", "The best day was {er} [] Saturday."),
        ("What do you need?", "I need [] a ticket to [] the airport please."),
        ("What did you do?", "I went home [] and I cooked dinner."),
        ("Do you like animals?", "I like dogs [] but I don't like cats."),
        ("What does she do?", "My mother is a nurse [] she works at night."),
        ("Where do you live?", "I live in Rome [] with my parents."),
        ("What did you do?", "We played football [] in the park."),
        ("Go on.", "He told me [] he told me a funny story."),
        ("What did you do?", "I visited my grandmother on Sunday."),
        ("What do you eat?", "I always eat bread and cheese in the morning."),
        ("Tell me more.", "The hotel was small but very clean."),
        ("What will you do?", "Next year I will study in London."),
        ("Why?", "Because I like to learn new languages."),
        ("Any questions?", "What time does the lesson start?"),
        ("Ask me something.", "Have you ever been to Japan?"),
        ("Is that clear?", "What is the difference between these words?"),
        ("Do you have a car?", "No, I don't."),
        ("Are you tired?", "A little."),
        ("What is your name?", "My name is Anna."),
        ("How old is he?", "Thirty."),
        ("Where do you work?", "In a bank."),
        ("Do you like it?", "Yes, very much."),
        ("When is your birthday?", "In June."),
    ),
    Half.HELD_OUT: (
        ("Tell me more.", "I am looking for a [] cheap flat in the centre."),
        ("Why not?", "She did not come because [] her son had a fever."),
        ("What do you do then?", "After work I meet [] my friends in a cafe."),
        ("Tell me about him.", "My uncle comes from [] a little town in Poland."),
        ("What would you like?", "One day I want to visit [] New York with my family."),
        ("Go on.", "My boss asked me [] a difficult question."),
        ("Why do you like it?", "The people are friendly and [] the food is good."),
        ("Tell me about it.", "If I have time [] I go to the swimming pool."),
        ("What happened?", "I left my [] umbrella on the train."),
        ("How was it?", "The exam was really [] hard but I passed it."),
        ("What do you think?", "I believe that [] children need more time to play."),
        ("Go on.", "My husband {um} [] he works for an airline."),
        ("What do you drink?", "For breakfast I drink [] {uh} [] orange juice."),
        ("What was the problem?", "The problem was {er} [] the price."),
        ("What did you say?", "I said [] that I was [] very sorry."),
        ("What did you do?", "I stayed in bed [] and I read a book."),
        ("Do you cook?", "I can cook [] but my brother is better."),
        ("Tell me about them.", "My parents are retired [] they travel a lot."),
        ("Where were you?", "We were in the mountains [] for two weeks."),
        ("What did you see?", "I saw a bear [] in the forest."),
        ("Go on.", "She have [] she has a new job."),
        ("What did you do?", "On Friday I cleaned the whole house."),
        ("What do you read?", "I often read the news on my phone."),
        ("Tell me more.", "The teacher was nice and very patient."),
        ("What will you do?", "This summer I will work on a farm."),
        ("Why?", "Because it is good for my health."),
        ("Any questions?", "How much does the course cost?"),
        ("Ask me something.", "Did you sleep well last night?"),
        ("Is that clear?", "Can you explain this sentence again?"),
        ("Do you smoke?", "No, I don't."),
        ("Are you ready?", "Almost."),
        ("What is your name?", "I am Peter."),
        ("How many children do you have?", "Three."),
        ("Where is your office?", "Near the station."),
        ("Did you like it?", "Yes, a lot."),
        ("When do you finish?", "At five o'clock."),
    ),
    Half.UNSEEN: (
        ("Tell me more.", "My grandfather had a [] little shop near the church."),
        ("Why?", "I don't drive because [] it makes me nervous."),
        ("What do you do on Sundays?", "On Sunday we usually cook [] a big lunch for everybody."),
        ("Where is it?", "The library is next to [] the new post office."),
        ("What is your plan?", "I am planning to [] open a small bakery next year."),
        ("Go on.", "The doctor gave my mother [] some different pills."),
        ("How was the trip?", "The beach was lovely but [] the hotel was noisy."),
        ("What happens then?", "When it rains [] we play cards at home."),
        ("What did you lose?", "I forgot my [] keys in the office yesterday."),
        ("How is your boss?", "He is quite [] strict with the new people."),
        ("What do you believe?", "I hope that [] we can meet again soon."),
        ("Go on.", "My neighbour {uh} [] she plays the piano every night."),
        ("How do you pay?", "In the shop I pay with [] {um} [] my phone."),
        ("What is the best part?", "The best part is {er} [] the music."),
        ("Tell me about it.", "They built [] a bridge over [] the old river."),
        ("What did you do?", "I called my friend [] and we went for a walk."),
        ("Is it good?", "The food is cheap [] but the rooms are dirty."),
        ("Tell me about him.", "My cousin is a pilot [] he flies to Asia."),
        ("Where do you study?", "I study at night [] in the kitchen."),
        ("What happened?", "The bus was late [] so I missed the meeting."),
        ("Go on.", "I has [] I have a meeting tomorrow morning."),
        ("What did you do?", "We painted the bedroom last weekend."),
        ("What do you wear?", "At work I wear a white shirt and a tie."),
        ("Tell me more.", "The museum is free on the first Sunday."),
        ("What will you do?", "Tomorrow I will call the bank."),
        ("Why?", "Because the train is cheaper than the plane."),
        ("Any questions?", "Which bus goes to the airport?"),
        ("Ask me something.", "What did you eat for breakfast?"),
        ("Is that clear?", "Could you speak a bit more slowly?"),
        ("Do you play chess?", "Sometimes."),
        ("Are you married?", "Yes, I am."),
        ("What is your name?", "Laura."),
        ("How many rooms are there?", "Four."),
        ("Where is your car?", "In the garage."),
        ("Was it difficult?", "No, not at all."),
        ("When do you leave?", "On Monday."),
    ),
}  # fmt: skip


_SEEDS = {Half.FIT: 11, Half.HELD_OUT: 12, Half.UNSEEN: 13}


def practice_scripts(half: Half) -> list[Script]:
    """Return one set, the same each time."""
    return [
        replace(script, speaker=SPEAKERS[i % len(SPEAKERS)])
        for i, script in enumerate(_scripts(half))
    ]


def _scripts(half: Half) -> Iterator[Script]:
    draw = random.Random(_SEEDS[half])  # noqa: S311 no secret
    for asked, line in _TURNS[half]:
        drawn = line
        while "[]" in drawn:
            drawn = drawn.replace("[]", f"[{draw.choice(PAUSES_S)}]", 1)
        label = "paused" if drawn != line else "whole"
        yield Script(Kind.TURN, label, drawn, asked)
