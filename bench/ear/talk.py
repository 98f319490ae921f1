"""Talk that is not for the coach, and what the coach himself says."""

from __future__ import annotations

import numpy as np
import yaml

from coach.own import paths

NEAR_MISSES = (
    "text", "nest", "necks", "paws", "pores", "poz", "breezier", "queasier", "hardware", "carder", "lower", "lawyer",
    "allow her", "rest", "best", "dun", "dumb", "sun", "red", "steady", "spray", "star", "stock", "shop", "step",
    "weight", "late", "gate", "hip", "ship", "slip", "skid", "pack", "bag", "black", "aloud", "water", "fatter",
    "pastor", "understood", "undone", "hope", "health", "whelp", "mess", "guess", "chess", "snow", "though", "now",
    "white", "wine", "quick", "quiet", "kit", "resort", "assume", "presume", "container", "beginner", "doctor",
    "old on", "cold one", "go to bed", "get going", "let's see", "that's fine", "it works", "that works", "no way",
    "what's that", "how many people", "how long is it", "where is it", "to party", "too late", "so easy",
    "one more thing", "at the same time", "more wine", "skip breakfast", "speed limit", "slow cooker", "talk to me",
    "the other one", "switch it off", "turn it up", "hey coat", "hey Josh", "end of the road", "shop assistant",
)  # fmt: skip
_SUBJECTS = (
    "my sister", "the neighbour", "our teacher", "that dog", "the man next door", "my boss", "everybody", "the doctor",
    "his brother", "the girl from work", "our landlord", "the new trainer",
)  # fmt: skip
_DEEDS = (
    "bought a pair of running shoes", "went back to the shop", "said it was too hard for a beginner",
    "left the keys in the car again", "wants to stop smoking next year", "finished the whole cake",
    "is going to start a new job in May", "never has more time than an hour", "talked about the football all evening",
    "made dinner and then watched a film", "says the stairs are easier than the lift",
    "keeps the volume up when the radio is on", "asked me why the train was late", "paused for a moment and laughed",
    "had to wait in line for six minutes", "carried on as if nothing had happened", "broke the other side of the fence",
    "told me the whole story again", "will be ready when the water boils", "needs help with the garden",
)  # fmt: skip
_ENDINGS = ("", " on Friday", " yesterday", " and I have no idea why", " because of the rain", ", you know", " again")
CASUAL = (
    "Can you pass me the water please.", "No, I don't think so, not this week.", "Yes, I called her this morning.",
    "I'll be back in ten minutes, don't wait for me.", "What are we having for dinner tonight?",
    "The traffic was terrible, it took us an hour and a half.", "Did you see the game last night?",
    "Turn the music down a little, would you?", "It's over there, next to the window.", "That's a good one.",
    "Okay then, see you on Sunday.", "I have to finish this report before noon.", "Good dog, sit down, stay there.",
    "Could you close the door, it is getting cold in here.", "We need eggs, milk, bread and two lemons.",
    "He scored twice in the second half and they still lost.", "The next train leaves at a quarter past nine.",
    "It is twelve degrees outside with a light breeze.", "Breaking news from the capital this afternoon.",
    "Stop by whenever you like, the door is open.", "I'm ready for a holiday, honestly.",
    "Let's go and see whether the shop is still open.", "How long have you been living here?", "She said no again.",
)  # fmt: skip
COUNTING = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "one, two, three, four", "five, six, seven, eight", "three, two, one", "halfway there", "two more to go",
)  # fmt: skip


def sentences(rng: np.random.Generator, count: int) -> list[str]:
    """Everyday talk in the proportions of a flat: mostly sentences, some single words, some counting, some coach."""
    lines = coach_lines()
    made = []
    for _ in range(count):
        kind = rng.random()
        if kind < 0.45:
            subject, deed, ending = rng.choice(_SUBJECTS), rng.choice(_DEEDS), rng.choice(_ENDINGS)
            made.append(f"{subject} {deed}{ending}.")
        elif kind < 0.65:
            made.append(str(rng.choice(CASUAL)))
        elif kind < 0.80:
            made.append(str(rng.choice(NEAR_MISSES)))
        elif kind < 0.88:
            made.append(str(rng.choice(COUNTING)))
        else:
            made.append(str(rng.choice(lines)))
    return made


def coach_lines() -> list[str]:
    """What the coach says in a workout: the exercises' own texts, counts, and lines full of command words."""
    told = [
        "Pre-run warm-up. Three moves, about six minutes, mini band. If anything hurts, say it hurts.",
        "Say ready when you are.", "Ready when you are. Say why to hear the reason.", "Next: donkey kicks.",
        "One. Two. Three. Four. Five. Six. Halfway. Seven. Eight.", "Done. Twenty seconds. Next: lateral walks.",
        "Easier: no band. Slip it off. Four more.", "To go on say next, to go back say back.", "End here? Yes or no.",
        "Carrying on. Rest's nearly over.", "Pause whenever you like. Say resume to carry on.", "Other side. Left leg.",
        "You can say harder, easier, or skip.", "Two moves, about four minutes.", "Slower. Three seconds down.",
    ]  # fmt: skip
    for path in sorted((paths.routines() / "exercises").glob("*.yaml")):
        family = yaml.safe_load(path.read_text(encoding="utf-8"))
        told.append(family.get("why", ""))
        for variant in family.get("variants", []):
            told += [*variant.get("setup", []), variant.get("brace", ""), variant.get("move", "")]
            told += variant.get("cues", [])
    return [line for line in dict.fromkeys(told) if line]
