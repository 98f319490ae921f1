"""Step 2: speak the sentences with every training voice, and the test phrases with held-out ones.

    python synth.py WORK [--jobs 2] [--sentences 6000]

Writes WORK/tts/train_<n>.pkl and WORK/tts/test.pkl: lists of
    {"audio": int16 samples at 16 kHz, "text": str, "voice": str, "kind": str}

Needs the programs espeak-ng, flite, festival (with the voices us_slt_arctic_hts, rab_diphone,
don_diphone, and ked_diphone for the tests) and RHVoice (with its English voices), and the
package py-nanotts (SVOX Pico's voices).
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import british
import numpy as np
from common import (
    ESPEAK_SKIP,
    ESPEAK_TEST_VARIANTS,
    ESPEAK_TRAIN_ACCENTS,
    HERE,
    RATE,
    load_json,
    load_yaml,
    rng,
    save_pickle,
)  # fmt: skip
from numpy.typing import NDArray
from scipy.io import wavfile
from scipy.signal import lfilter, resample_poly

Pcm = NDArray[np.int16]
Utterance = dict[str, Any]

FLITE_PITCH = {"slt": 170, "awb": 130, "kal16": 105}
RHVOICE = ("alan", "bdl", "clb")
"""Those of its English voices that anybody may build upon; its slt is flite's and festival's as well."""
BRITISH = ("rab_diphone", "don_diphone")
FESTIVAL = ("cmu_us_slt_arctic_hts", *BRITISH)


def to_rate(audio: NDArray[Any], rate: int) -> Pcm:
    """Sound on the int16 scale at the model's rate."""
    x = audio[:, 0] if audio.ndim > 1 else audio
    if rate != RATE:
        g = int(np.gcd(rate, RATE))
        x = resample_poly(x.astype(np.float32), RATE // g, rate // g)
    return np.clip(np.round(x), -32768, 32767).astype(np.int16)


def espeak(text: str, voice: str, variant: str | None, speed: int, pitch: int) -> Pcm:
    name = f"{voice}+{variant}" if variant else voice
    cmd = ["espeak-ng", "-v", name, "-s", str(speed), "-p", str(pitch), "--stdout", text]
    raw = subprocess.run(cmd, capture_output=True, check=True).stdout
    return to_rate(np.frombuffer(raw[44 : len(raw) - (len(raw) - 44) % 2], dtype="<i2"), 22050)


def flite(text: str, voice: str, stretch: float = 1.0, f0: float | None = None) -> Pcm:
    return flite_printing(text, voice, stretch, f0)[0]


def flite_printing(text: str, voice: str, stretch: float, f0: float | None, *options: str) -> tuple[Pcm, str]:
    """The sound, and what flite prints with these options."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as out:
        cmd = ["flite", "-voice", voice, "--setf", f"duration_stretch={stretch:.3f}"]
        if f0:
            cmd += ["--setf", f"int_f0_target_mean={f0:.0f}"]
        run = subprocess.run([*cmd, *options, "-t", text, "-o", out.name], capture_output=True, text=True, check=True)
        rate, audio = wavfile.read(out.name)
        return to_rate(audio, rate), run.stdout


def pico(text: str, voice: str, speed: float = 1.0, pitch: float = 1.0) -> Pcm:
    from py_nanotts import NanoTTS

    return np.frombuffer(NanoTTS().speak(text, voice=voice, speed=speed, pitch=pitch), "<i2")


def rhvoice(text: str, voice: str, speed: int = 100, pitch: int = 100) -> Pcm:
    """`speed` and `pitch` in per cent of the voice's own."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as out:
        cmd = ["RHVoice-test", "-p", voice, "-r", str(speed), "-t", str(pitch), "-o", out.name]
        subprocess.run(cmd, input=text, text=True, capture_output=True, check=True)
        rate, audio = wavfile.read(out.name)
        return to_rate(audio, rate)


def festival(texts: list[str], voice: str, stretch: float = 1.0, dictionary: Sequence[str] = ()) -> list[Pcm]:
    """Many texts in one festival run; empty arrays for those it failed on. `dictionary`: commands to load one."""
    with tempfile.TemporaryDirectory() as d:
        lines = [f"(voice_{voice})", *dictionary, f"(Parameter.set 'Duration_Stretch {stretch})"]
        for i, t in enumerate(texts):
            lines.append(f'(utt.save.wave (utt.synth (Utterance Text "{t}")) "{d}/{i}.wav" \'riff)')
        Path(d, "run.scm").write_text("\n".join(lines))
        subprocess.run(["festival", "-b", f"{d}/run.scm"], capture_output=True, check=False)
        out = []
        for i in range(len(texts)):
            path = Path(d, f"{i}.wav")
            rate, audio = wavfile.read(path) if path.exists() else (RATE, np.zeros(0, np.int16))
            out.append(to_rate(audio, rate))
        return out


def whispered(audio: Pcm, seed: int) -> Pcm:
    """The same words without a voice: each 25 ms' linear prediction filter, driven by noise."""
    order, size, step = 16, 400, 200
    x, g = audio.astype(np.float64), np.random.default_rng(seed)
    out, window = np.zeros(len(x) + size), np.hanning(size)
    for at in range(0, len(x) - size, step):
        part = x[at : at + size] * window
        spectrum = np.abs(np.fft.rfft(part, 2 * size)) ** 2
        corr = np.fft.irfft(spectrum)[: order + 1]
        if corr[0] < 1.0:
            continue
        corr[0] *= 1.0001
        toeplitz = corr[np.abs(np.subtract.outer(np.arange(order), np.arange(order)))]
        a = np.linalg.solve(toeplitz, corr[1:])
        noise = lfilter([1.0], np.concatenate([[1.0], -a]), g.standard_normal(size)) * window
        out[at : at + size] += noise * np.sqrt((part**2).sum() / ((noise**2).sum() + 1e-9))
    out = lfilter([1.0, -0.6], [1.0], out[: len(x)])  # no low voice in a whisper
    return np.asarray(np.clip(np.round(out), -32768, 32767).astype(np.int16))


def variants() -> list[str]:
    """eSpeak's voice variants that may be trained on."""
    out = subprocess.run(["espeak-ng", "--voices=variant"], capture_output=True, text=True, check=True).stdout
    names = sorted({line.split("!v/")[1].split()[0] for line in out.splitlines() if "!v/" in line})
    return [n for n in names if n not in ESPEAK_SKIP and n not in ESPEAK_TEST_VARIANTS]


def train_part(job: tuple[int, list[dict[str, str]], list[str], Path]) -> tuple[int, float]:
    """Speak one slice of the training sentences, each with a randomly drawn voice."""
    part, items, vs, out = job
    r, for_festival = rng("synth", part), []
    prons = load_json(out.parents[1] / "lexicon.json")
    result: list[Utterance] = []
    for it in items:
        k, text = r.random(), it["text"]
        if k < 0.32:
            v, a = r.choice(vs), r.choice(ESPEAK_TRAIN_ACCENTS)
            audio, name = espeak(text, a, v, r.randint(110, 230), r.randint(5, 95)), f"espeak:{a}+{v}"
        elif k < 0.52:
            v = r.choice(list(FLITE_PITCH))
            audio = flite(text, v, r.uniform(0.7, 1.35), FLITE_PITCH[v] * r.uniform(0.75, 1.35))
            name = f"flite:{v}"
        elif k < 0.66:
            v = r.choice(["en-US", "en-GB"])
            audio, name = pico(text, v, r.uniform(0.7, 1.4), r.uniform(0.65, 1.3)), f"pico:{v}"
        elif k < 0.83:
            v = r.choice(RHVOICE)
            audio, name = rhvoice(text, v, r.randint(75, 140), r.randint(75, 130)), f"rhvoice:{v}"
        else:
            for_festival.append(it)
            continue
        if r.random() < 0.03:
            audio, name = whispered(audio, part * 1009 + len(result)), name + ":whispered"
        result.append({"audio": audio, "text": text, "voice": name, "kind": it["kind"]})
    for i in range(0, len(for_festival), 30):
        chunk, v = for_festival[i : i + 30], r.choice(FESTIVAL)
        texts = [c["text"] for c in chunk]
        words = " ".join(texts).replace(",", " ").split()
        dictionary = british.lexicon(words, prons) if v in BRITISH else []
        for it, audio in zip(chunk, festival(texts, v, round(r.uniform(0.75, 1.3), 2), dictionary), strict=True):
            result.append({"audio": audio, "text": it["text"], "voice": f"festival:{v}", "kind": it["kind"]})
    result = [x for x in result if len(x["audio"]) > 2000 and np.abs(x["audio"]).max() > 500]
    save_pickle(out, result)
    return len(result), sum(len(x["audio"]) for x in result) / RATE / 3600


def test_set(texts: dict[str, list[str]], out: Path) -> int:
    """Every command with every held-out voice at several speeds; a spread of voices for the out-of-grammar ones."""
    result: list[Utterance] = []

    def add(audio: Pcm, text: str, voice: str, kind: str) -> None:
        if len(audio):
            result.append({"audio": audio, "text": text, "voice": voice, "kind": kind})

    for kind in ("commands", "ood"):
        for i, t in enumerate(texts[kind]):
            for j, v in enumerate(ESPEAK_TEST_VARIANTS):
                if kind == "ood" and (i + j) % 5:
                    continue
                for k, (s, acc) in enumerate([(140, "en-us"), (175, "en-us"), (165, "en-gb")]):
                    if kind == "ood" and k != i % 3:
                        continue
                    add(espeak(t, acc, v, s, 50), t, f"espeak:{acc}+{v}", kind)
            for stretch in (0.85, 1.0, 1.2):
                if kind == "commands" or stretch == 1.0:
                    add(flite(t, "rms", stretch), t, "flite:rms", kind)
        for stretch in (0.9, 1.0, 1.15):
            if kind == "commands" or stretch == 1.0:
                for t, a in zip(texts[kind], festival(texts[kind], "ked_diphone", stretch), strict=True):
                    add(a, t, "festival:ked", kind)
    save_pickle(out, result)
    return len(result)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("work", type=Path)
    ap.add_argument("--jobs", type=int, default=2)
    ap.add_argument("--part-size", type=int, default=1000)
    ap.add_argument("--sentences", type=int, help="only so many: enough to go on from a model beside people's speech")
    args = ap.parse_args()
    (args.work / "tts").mkdir(exist_ok=True)
    print("test utterances:", test_set(load_yaml(HERE / "test-phrases.yaml"), args.work / "tts/test.pkl"), flush=True)
    items, vs = load_json(args.work / "train_text.json")[: args.sentences], variants()
    jobs = [
        (i // args.part_size, items[i : i + args.part_size], vs, args.work / f"tts/train_{i // args.part_size:02d}.pkl")
        for i in range(0, len(items), args.part_size)
    ]
    hours = 0.0
    with ProcessPoolExecutor(args.jobs) as pool:
        for n, h in pool.map(train_part, jobs):
            hours += h
            print(n, "sentences;", f"{hours:.2f} h so far", flush=True)


if __name__ == "__main__":
    main()
