"""Settings as a table: the file, its comments, the checks and the documents' table all come from it."""

from __future__ import annotations

import dataclasses
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from coach.document.files import replace_file
from coach.document.names import nearest
from coach.document.read import Document, Mark, Node, Table, Text, parse, place_of, read, read_text
from coach.document.wording import Unclear, quote
from coach.errors import CoachError, Fault, FileFault, NotFound
from coach.language.manner import CountAt, Pacing, Strength, Verbosity
from coach.own import paths

_LANGUAGES = tuple(sorted(path.stem for path in (Path(__file__).parents[1] / "language").glob("*.yaml")))
_VERBOSITIES, _PACINGS, _COUNTS_AT = get_args(Verbosity), get_args(Pacing), get_args(CountAt)
_STRENGTHS = get_args(Strength)


def _setting(
    default: Any,
    meaning: str,
    low: float | None = None,
    high: float | None = None,
    choices: tuple[str, ...] = (),
) -> Any:
    about = {"meaning": meaning, "low": low, "high": high, "choices": choices}
    return dataclasses.field(default=default, metadata=about)


@dataclass(frozen=True)
class Settings:
    """The athlete's settings, complete and checked."""

    language: str = _setting("en", "the language spoken and understood", choices=_LANGUAGES)
    voice: str = _setting("", "the synthesiser's voice; empty for the language's own")
    rate: int = _setting(175, "words a minute", 80, 450)
    count_rate: int = _setting(250, "words a minute of counts", 80, 450)
    pitch: int = _setting(50, "the voice's pitch", 0, 100)
    volume: int = _setting(80, "how loud the coach speaks, in percent", 5, 100)
    verbosity: Verbosity = _setting("coach", "how much is said", choices=_VERBOSITIES)
    settle: int = _setting(15, "seconds after the briefing until a set starts by itself; 0 waits for you", 0, 600)
    pacing: Pacing = _setting("coach", "who sets the pace of reps: the coach's beat, or yourself", choices=_PACINGS)
    count_at: CountAt = _setting("end", "where in a rep it is counted", choices=_COUNTS_AT)
    mini_bands: str = _setting("", "your mini bands, the lightest first: yellow, green; empty for one")
    long_bands: str = _setting("", "your long bands, the lightest first; empty for one")
    microphone: str = _setting("", "input device, by name or number; empty for the system's")
    loudspeaker: str = _setting("", "output device, by name or number; empty for the system's")
    model: str = _setting("", "speech model's name; empty for the best one installed")
    wake: str = _setting("", "a phrase without which commands do not count; empty for none")
    own_voice: bool = _setting(True, "let the ear use what `coach calibrate` learned of your voice")
    equipment: str = _setting("", "what you have of mini band, long band, chair; empty for all of it")
    strength: Strength = _setting(
        "usual", "where an exercise begins that is new: gentler or stronger than written", choices=_STRENGTHS
    )
    lower_music: bool = _setting(
        True, "lower others' music while the coach speaks, by pulsectl; pause it when asked to"
    )
    ask_effort: bool = _setting(True, "ask how hard it was after each exercise")
    presence: bool = _setting(True, "a soft tick after ten seconds of silence, to say that the coach is there")


@dataclass(frozen=True)
class Setting:
    """One setting: its name, its default, and what it may be."""

    name: str
    default: Any
    """Its type is the setting's."""
    meaning: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()

    @property
    def values(self) -> str:
        """What may be written, in words: 80 to 450."""
        if self.choices:
            return " or ".join(filter(None, (", ".join(self.choices[:-1]), self.choices[-1])))
        if isinstance(self.default, bool):
            return "true or false"
        if isinstance(self.default, int):
            return f"{self.low} to {self.high}"
        return "text"


TABLE: tuple[Setting, ...] = tuple(
    Setting(field.name, field.default, **field.metadata) for field in dataclasses.fields(Settings)
)


def load(path: Path | None = None) -> Settings:
    """The settings in the file, by default the athlete's; what it leaves out has its default.

    No file is as good as an empty one. Raises FileFault with everything that is wrong in it.
    """
    path = path or paths.settings_file()
    if not os.path.lexists(path) or _is_blank(path):
        return Settings()
    return _from(read(path))


def find(name: str) -> Setting:
    """The setting of this name. Raises NotFound."""
    setting = next((setting for setting in TABLE if setting.name == name), None)
    if setting is None:
        instead = _instead(name)
        raise NotFound(f"There is no setting {quote(name)}.", f"{instead[:1].upper()}{instead[1:]}{_stop(instead)}")
    return setting


def spelled(name: str, text: str) -> Any:
    """The value of a setting as somebody types it: `175`, `yes`, `us`. Raises CoachError for what does not suit."""
    setting = find(name)
    if isinstance(setting.default, bool) and text.lower() in ("true", "yes", "on", "false", "no", "off"):
        return text.lower() in ("true", "yes", "on")
    if isinstance(setting.default, int) and not isinstance(setting.default, bool) and text.strip().isdecimal():
        return int(text)
    return text.strip()


def save(name: str, value: Any, path: Path | None = None) -> None:
    """Set one setting in the file, which is made if there is none; all its other lines stay as they are.

    Raises FileFault when the file cannot be read, CoachError when the value does not suit or cannot be written.
    """
    # A link stays a link: what it points to is replaced.
    path = Path(os.path.realpath(path or paths.settings_file()))
    setting = find(name)
    try:
        value = _value(setting, _scalar(as_yaml(value)))
    except Unclear as error:
        right = f"{error.right[:1].upper()}{error.right[1:]}."
        raise CoachError(f"{name}: {error.wrong}.", right) from None
    wanted = dataclasses.replace(load(path), **{name: value})
    line = f"{name}: {as_yaml(value)}"
    new = _with(read_text(path) if path.exists() else template(), setting, value)
    if _read_back(new) != wanted:
        raise CoachError(f"The coach cannot change {path}: it is laid out in a way of its own.", f"Add by hand: {line}")
    replace_file(path, new, make_folder=True)


def make(path: Path | None = None) -> None:
    """Make the file where there is none, with every setting in it for the athlete to find. Raises CoachError."""
    path = path or paths.settings_file()
    if not path.exists():
        replace_file(path, template(), make_folder=True)


def template() -> str:
    """A new settings file: every setting with its meaning, commented out at its default."""
    lines = ["# The coach's settings. To change one, take the # away from before its name.", ""]
    for setting in TABLE:
        lines += [f"# {setting.meaning} ({setting.values})", f"#{setting.name}: {as_yaml(setting.default)}", ""]
    return "\n".join(lines)


def _from(document: Document) -> Settings:
    faults = list(document.faults)
    values: dict[str, Any] = {}

    def fault(mark: Mark, where: str, wrong: str, right: str) -> None:
        faults.append(Fault(document.file, mark.line, mark.column, where, wrong, right))

    root = document.root if isinstance(document.root, Table) else Table(document.root.mark)
    if root is not document.root:
        fault(root.mark, "", "this is no list of settings", "write one a line, like rate: 175")
    settings = {setting.name: setting for setting in TABLE}
    for name, written in root.items():
        if name not in settings:
            fault(root.keys_at[name], "", f"there is no setting {quote(name)}", _instead(name))
        elif not (isinstance(written, Text) and written.kind == "nothing"):
            try:
                values[name] = _value(settings[name], written)
            except Unclear as error:
                fault(written.mark, name, error.wrong, error.right)
    if faults:
        raise FileFault(faults)
    return Settings(**values)


def _instead(name: str) -> str:
    names = [setting.name for setting in TABLE]
    near = nearest(name, names)
    return f'did you mean "{near}"?' if near else f"the settings are {', '.join(names)}"


def _stop(sentence: str) -> str:
    return "" if sentence.endswith("?") else "."


def _value(setting: Setting, written: Node) -> Any:
    """The setting's value as written in YAML. Raises Unclear."""
    if not isinstance(written, Text):
        raise Unclear("a list or a mapping stands where one value is due", f"write {setting.values}")
    if isinstance(setting.default, bool):
        if written.kind != "truth value":
            raise Unclear(f"{quote(written)} is neither true nor false", "write true or false")
        return written.true
    if isinstance(setting.default, int):
        if not re.fullmatch(r"[+-]?\d{1,9}", written):
            raise Unclear(f"{quote(written)} is not a whole number", f"write one from {setting.values}")
        number = int(written)
        if setting.low is not None and number < setting.low:
            raise Unclear(f"{number} is too small", f"write a number from {setting.values}")
        if setting.high is not None and number > setting.high:
            raise Unclear(f"{number} is too large", f"write a number from {setting.values}")
        return number
    if setting.choices and written not in setting.choices:
        raise Unclear(f"{quote(written)} is not one of the choices", f"write {setting.values}")
    return str(written)


def as_yaml(value: Any) -> str:
    """A setting's value as it is written in the file."""
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z][\w./-]*( [\w./-]+)*", value):
        scalar = _scalar(value)
        if isinstance(scalar, Text) and scalar.kind == "text":
            return value
    # A no-break space is read as an ordinary one unless it is written as what it is.
    written = json.dumps(value, ensure_ascii=False)
    return "".join(f"\\u{ord(letter):04x}" if letter.isspace() and letter != " " else letter for letter in written)


def _scalar(written: str) -> Node:
    table = parse(f"value: {written}".encode(), "").root
    assert isinstance(table, Table)
    value: Node = table["value"]
    return value


def _is_blank(path: Path) -> bool:
    """Whether there is nothing in the file but comments, as in one that was just made."""
    return all(not line.strip() or line.lstrip().startswith("#") for line in read_text(path).splitlines())


def _read_back(text: str) -> Settings | None:
    try:
        return _from(parse(text.encode(), ""))
    except FileFault:
        return None


def _with(text: str, setting: Setting, value: Any) -> str:
    """The file's text with this value in it: in its place, or in that of the commented-out line, or at the end."""
    written = as_yaml(value)
    place = place_of(text, setting.name)
    if place is not None:
        start, end = place
        before = " " if start == end else ""
        after = "\n" if text[start:end].endswith("\n") else ""
        return text[:start] + before + written + after + text[end:]
    line = f"{setting.name}: {written}"
    commented = re.compile(rf"^#{setting.name}:[^\r\n]*", re.MULTILINE)
    if commented.search(text):
        return commented.sub(lambda _: line, text, count=1)
    return text + ("" if not text or text.endswith("\n") else "\n") + line + "\n"
