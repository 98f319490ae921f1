"""Words as Festival's British voices say them, from this recipe's own lexicon.

The voices (rab_diphone, don_diphone) are free, but the dictionary that they usually read from, OALD, is free for
non-commercial use only. So they are given a lexicon of the words to be spoken, in their phone set, mrpa.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

MRPA = {
    "AA": "o", "AE": "a", "AH": "uh", "AX": "@", "AO": "oo", "AW": "au", "AY": "ai", "B": "b", "CH": "ch", "D": "d",
    "DH": "dh", "EH": "e", "EY": "ei", "F": "f", "G": "g", "HH": "h", "IH": "i", "IY": "ii", "JH": "jh", "K": "k",
    "L": "l", "M": "m", "N": "n", "NG": "ng", "OW": "ou", "OY": "oi", "P": "p", "R": "r", "S": "s", "SH": "sh",
    "T": "t", "TH": "th", "UH": "u", "UW": "uu", "V": "v", "W": "w", "Y": "y", "Z": "z", "ZH": "zh",
}  # fmt: skip
VOWELS = frozenset("AA AE AH AX AO AW AY EH ER EY IH IY OW OY UH UW".split())


def british(pron: Sequence[str]) -> list[tuple[str, bool, bool]]:
    """-> (phone of mrpa, is a vowel, may be stressed). An R is heard before a vowel only."""
    out: list[tuple[str, bool, bool]] = []
    for p, after in zip(pron, [*pron[1:], ""], strict=True):
        if p == "R" and after not in VOWELS:
            continue
        if p == "ER":  # "bird", "easier", "stirring"
            full = not any(vowel for _, vowel, _ in out)
            out.append(("@@" if full else "@", True, full))
            if after in VOWELS:
                out.append(("r", False, False))
        elif p == "AA" and after == "R":
            out.append(("aa", True, True))
        else:
            out.append((MRPA[p], p in VOWELS, p != "AX"))
    return out


def entry(word: str, pron: Sequence[str]) -> str:
    """Festival's command that adds a word: syllables begin with one consonant, the first full vowel is stressed."""
    phones = british(pron)
    vowels = [i for i, (_, vowel, _) in enumerate(phones) if vowel]
    cuts = [0, *(max(a + 1, b - 1) for a, b in pairwise(vowels)), len(phones)]
    stressed = next((i for i in vowels if phones[i][2]), -1)
    syllables = " ".join(
        f"(({' '.join(p for p, _, _ in phones[a:b])}) {int(a <= stressed < b)})" for a, b in pairwise(cuts)
    )
    return f'(lex.add.entry \'("{word}" nil ({syllables})))'


def lexicon(words: Iterable[str], prons: dict[str, list[list[str]]]) -> list[str]:
    """Festival's commands that make these words its only dictionary, after a British voice was chosen."""
    begin = ['(lex.create "recipe")', '(lex.set.phoneset "mrpa")', "(lex.set.lts.method nil)"]
    return [*begin, *(entry(w, prons[w][0]) for w in sorted(set(words))), '(lex.select "recipe")']
