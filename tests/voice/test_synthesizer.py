"""Each of these needs a process of its own: eSpeak's state is the process's, and some break it on purpose."""

import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="eSpeak is pyttsx3's driver on Linux only")


def run(program: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done


def test_the_very_first_short_text_of_a_process_is_whole_and_in_its_manner() -> None:
    program = """
        from coach.voice.synthesizer import Manner, shared
        print(round(shared().clip("one", Manner("en-us", 250, 60)).seconds, 2))
    """
    assert {run(program).stdout.strip() for _ in range(10)} == {"0.27"}


def test_synthesis_prints_nothing() -> None:
    done = run("""
        from coach.voice.synthesizer import Manner, shared
        for n in range(5):
            shared().clip(f"number {n}", Manner("en-us", 250))
    """)
    assert (done.stdout, done.stderr) == ("", "")


def test_many_threads_may_ask_at_once() -> None:
    done = run("""
        from concurrent.futures import ThreadPoolExecutor
        from coach.voice.synthesizer import Manner, shared
        asked = [(f"number {n}", Manner("en-us" if n % 2 else "en-gb+f3", 175 + n)) for n in range(40)]
        alone = [shared().clip(*each).seconds for each in asked]
        with ThreadPoolExecutor(8) as pool:
            together = [clip.seconds for clip in pool.map(lambda each: shared().clip(*each), asked)]
        print(max(abs(a - b) for a, b in zip(alone, together)) < 0.02)
    """)
    assert done.stdout.strip() == "True"


def test_an_engine_that_hangs_is_replaced_and_the_line_still_spoken() -> None:
    done = run("""
        import threading
        from coach.voice.synthesizer import Manner, Synthesizer
        synthesizer = Synthesizer(patience=1.0)
        synthesizer.clip("ready", Manner("en-us", 175))
        from pyttsx3.drivers import _espeak
        synth = _espeak.Synth
        def hang(*args, **kwargs):
            _espeak.Synth = synth
            threading.Event().wait()
        _espeak.Synth = hang
        print(round(synthesizer.clip("one", Manner("en-us", 250)).seconds, 2))
    """)
    assert done.stdout.strip() == "0.27"
    assert done.stderr == ""


def test_an_engine_that_never_answers_is_a_sentence() -> None:
    done = run("""
        import threading
        from coach.errors import CoachError
        from coach.voice.synthesizer import Manner, Synthesizer
        synthesizer = Synthesizer(patience=0.5)
        from pyttsx3.drivers import _espeak
        _espeak.Synth = lambda *args, **kwargs: threading.Event().wait()
        try:
            synthesizer.clip("one", Manner("en-us", 250))
        except CoachError as trouble:
            print(trouble.sentence)
    """)
    assert done.stdout.strip() == "The speech synthesiser has stopped answering."


WITHOUT_THE_SYSTEM_PACKAGE = """
    import ctypes
    from coach.voice import synthesizer
    library = ctypes.CDLL
    def without(name, *args, **kwargs):
        if name == "libespeak-ng.so.1" or name == "libespeak.so.1":
            raise OSError("cannot open shared object file: No such file or directory")
        return library(name, *args, **kwargs)
    ctypes.CDLL = without
"""


def test_without_the_system_package_the_wheel_speaks() -> None:
    done = run(
        WITHOUT_THE_SYSTEM_PACKAGE
        + """
    print(round(synthesizer.shared().clip("one", synthesizer.Manner("en-us", 250)).seconds, 1))
    loaded = {line.split()[-1] for line in open("/proc/self/maps") if "espeak" in line}
    print(all("espeakng_loader" in path for path in loaded))
"""
    )
    assert done.stdout.split() == ["0.3", "True"]


def test_the_wheel_speaks_from_a_folder_with_a_very_long_name(tmp_path: Path) -> None:
    import espeakng_loader

    deep = tmp_path / ("a" * 150)
    shutil.copytree(Path(espeakng_loader.__file__).parent, deep / "espeakng_loader")
    done = run(
        f"    import sys; sys.path.insert(0, {str(deep)!r})"
        + WITHOUT_THE_SYSTEM_PACKAGE
        + """
    print(round(synthesizer.shared().clip("one", synthesizer.Manner("en-us", 250)).seconds, 1))
"""
    )
    assert done.stdout.strip() == "0.3"


def test_without_the_wheel_too_the_package_is_named() -> None:
    done = run(
        WITHOUT_THE_SYSTEM_PACKAGE
        + """
    import sys
    from coach.errors import PartMissing
    sys.modules["espeakng_loader"] = None
    try:
        synthesizer.shared().clip("one", synthesizer.Manner("en-us", 250))
    except PartMissing as trouble:
        print(trouble)
"""
    )
    assert "eSpeak NG is not installed" in done.stdout
    assert "sudo apt install espeak-ng" in done.stdout


def test_a_process_ends_in_good_order_while_lines_are_being_prepared(tmp_path: Path) -> None:
    for _ in range(5):
        shutil.rmtree(tmp_path / "voice", ignore_errors=True)
        done = run(f"""
            import time
            from pathlib import Path
            from coach.language.delivery import Pace
            from coach.voice.cache import Voice
            voice = Voice(48_000, folder=Path({str(tmp_path)!r}))
            voice.prepare((f"A line of some length, and its number is {{n}}.", Pace.TALK) for n in range(200))
            time.sleep(0.2)
        """)
        assert done.stderr == ""


def test_without_a_temporary_folder_it_is_missing_and_not_waited_for() -> None:
    done = run("""
        import tempfile
        from coach.errors import PartMissing
        from coach.voice.synthesizer import Manner, shared
        tempfile.tempdir = "/dev/null/nowhere"
        try:
            shared().clip("one", Manner("en-us", 250))
        except PartMissing as missing:
            print(missing.sentence)
    """)
    assert done.stdout.startswith("The speech synthesiser has no temporary folder to write to")
    assert not done.stderr


def test_where_its_temporary_folder_is_full_that_is_told_and_nothing_is_printed_of_it() -> None:
    done = run("""
        import resource
        from coach.errors import CoachError
        from coach.voice.synthesizer import Manner, shared
        shared().clip("one", Manner("en-us", 250))
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        for _ in range(2):
            try:
                shared().clip("A line that is longer than the room there is.", Manner("en-us", 250))
            except CoachError as trouble:
                print(trouble.sentence)
    """)
    assert done.stdout.count("The speech synthesiser cannot write its sound: Error saving WAV file") == 2
    assert not done.stderr
