import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from coach.ear.recognizer import SpeechModel
from coach.errors import NotFound

from .conftest import ENGLISH, MODEL, Scene


@pytest.fixture(scope="module")
def model() -> SpeechModel:
    return SpeechModel(MODEL)


def test_every_phrase_and_number_is_in_the_built_in_models_vocabulary(model: SpeechModel) -> None:
    assert model.unknown(ENGLISH.orders) == set()


def test_words_that_it_cannot_hear_are_named(model: SpeechModel) -> None:
    assert model.unknown(["next", "frobnicate the band"]) == {"frobnicate"}


def test_a_folder_without_a_model_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="holds no speech model"):
        SpeechModel(tmp_path)


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (
            "libatomic.so.1",
            "libatomic.so.1 is not installed.\nInstall the package libatomic1:  sudo apt install libatomic1",
        ),
        ("libfar.so.3", "libfar.so.3 is not installed.\nInstall the package that has libfar.so.3."),
        ("/there/libvosk.so", "cannot be loaded.\nInstall it again:  pip install --force-reinstall vosk"),
    ],
)
def test_a_library_that_vosk_misses_is_named_with_its_package(tmp_path: Path, trouble: str, told: str) -> None:
    loader = f"cannot load library '/there/libvosk.so': {trouble}: cannot open shared object file: No such file"
    (tmp_path / "vosk.py").write_text(f"raise OSError({loader!r})")
    program = f"""
        import sys
        from pathlib import Path
        sys.path.insert(0, {str(tmp_path)!r})
        from coach.ear.recognizer import SpeechModel
        from coach.errors import PartMissing
        try:
            SpeechModel(Path({str(MODEL)!r}))
        except PartMissing as missing:
            print(missing)
    """
    command = [sys.executable, "-c", textwrap.dedent(program)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert ended.stdout.rstrip().endswith(told)


def test_utterances_do_not_run_into_each_other(model: SpeechModel, scene: Scene) -> None:
    recognizer = model.recognizer(["next", "easier", "[unk]"])
    texts = []
    for phrase in ("next", "easier", "next"):
        recognizer.feed(scene(0.3, phrase, 0.3))
        texts.append(recognizer.finish().text)
    assert texts == ["next", "easier", "next"]


def test_the_free_decoder_hears_words_that_are_no_command(model: SpeechModel, scene: Scene) -> None:
    recognizer = model.recognizer()
    recognizer.feed(scene(0.3, "left leg", 0.3))
    assert recognizer.finish().text == "left leg"
