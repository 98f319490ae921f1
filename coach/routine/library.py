"""The exercises and routines at hand: the athlete's own, then those that came with the coach.

routine/loading.py is imported where it is first used: making its pydantic models takes longer than the listing does.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from coach.document.names import key, name_of, nearest
from coach.document.read import head, read
from coach.document.tree import Document
from coach.errors import Fault, FileFault, NotFound, printable
from coach.own import paths
from coach.routine.model import Family, Routine


@dataclass(frozen=True)
class Listing:
    """A routine as `coach list` shows it, read from the top of its file only."""

    slug: str
    title: str
    about: str
    path: Path


class Library:
    """Folders of routines, each with a folder `exercises` in it; what stands in an earlier folder goes first."""

    def __init__(self, folders: Sequence[Path] | None = None) -> None:
        self.folders = tuple(folders) if folders is not None else (paths.own_routines(), paths.routines())

    @property
    def families(self) -> dict[str, Family]:
        """Every family that can be read, by name. One file's faults do not take the others away."""
        return self._exercises[0]

    @property
    def faults(self) -> list[Fault]:
        """What is wrong with exercise files."""
        return self._exercises[1]

    @cached_property
    def _exercises(self) -> tuple[dict[str, Family], list[Fault]]:
        return _load_families(path for folder in self.folders for path in _yaml_files(folder / "exercises"))

    def routines(self) -> tuple[Listing, ...]:
        """Every routine, by slug; of two with one slug, the athlete's own."""
        return _listings(self._files())

    def all_routines(self) -> Iterator[tuple[Listing, Routine | None]]:
        """The same, each with the routine itself; None where its file has faults. The folders are looked through once
        for all of them: a folder may hold thousands.
        """
        files = self._files()
        for listing in _listings(files):
            try:
                yield listing, self._read(listing.path, files)
            except FileFault:
                yield listing, None

    def routine(self, name: str | Path) -> Routine:
        """The routine of this slug, or in this file. Raises NotFound, or FileFault with every fault of the file."""
        return self._read(self.find(name), self._files())

    def _read(self, path: Path, files: Mapping[str, Path]) -> Routine:
        from coach.routine.loading import routine_from

        families, faults = self._families_for(path)
        try:
            routine = routine_from(read(path), families, path)
        except FileFault as fault:
            raise FileFault([*fault.faults, *faults]) from None
        # A name finds it wherever the coach is installed next; a path only where it is now.
        by_name = files.get(_known_as(path))
        whole = os.path.realpath(path)
        return replace(routine, path="" if by_name == path or not _is_text(whole) else whole)

    def find(self, name: str | Path) -> Path:
        """The file of a routine named by its slug or its title, in any spelling, or by a path. Raises NotFound."""
        text = str(name)
        as_path = Path(text).expanduser()
        names_a_file = as_path.suffix in (".yaml", ".yml") or len(as_path.parts) > 1
        if names_a_file and os.path.isfile(as_path):
            return as_path
        slug = as_path.stem if as_path.suffix in (".yaml", ".yml") else text
        if len(as_path.parts) == 1:
            for folder in self.folders:
                if os.path.isfile(folder / f"{slug}.yaml"):
                    return folder / f"{slug}.yaml"
        files = self._files()
        if len(as_path.parts) == 1 and key(slug) in files:
            return files[key(slug)]
        titled = {key(listing.title): listing for listing in self.routines()}
        if key(text) and key(text) in titled:
            return titled[key(text)].path
        if names_a_file:
            raise NotFound(
                f"There is no file {text}.", "Name a routine by its file, or by a name that coach list shows."
            )
        stems = {key(name_of(path)): name_of(path) for path in files.values()}
        by_title = {listing.title: listing.slug for listing in titled.values()}
        near = nearest(text, [*stems.values(), *by_title])
        near = by_title.get(near or "", near)
        known = ", ".join(sorted(stems.values())[:10]) or "none yet; coach new writes one"
        raise NotFound(
            f'There is no routine "{text}".', f'Did you mean "{near}"?' if near else f"The routines are: {known}."
        )

    def check(self, paths: Iterable[Path]) -> list[Fault]:
        """Every fault of these files, and of every file in these folders, in order."""
        faults: set[Fault] = set()
        for path in self.files(paths):
            try:
                self.load(path)
            except FileFault as fault:
                faults.update(fault.faults)
        return sorted(faults)

    def files(self, paths: Iterable[Path]) -> list[Path]:
        """These files, and every YAML file in these folders and their folders."""
        return [file for path in paths for file in (_all_yaml_files(path) if os.path.isdir(path) else [path])]

    def load(self, path: Path) -> tuple[Document, Family | Routine]:
        """A file as it stands, and the exercise or routine in it. Raises FileFault."""
        from coach.routine.loading import family_from, is_family, routine_from

        document = read(path)
        if is_family(document):
            return document, family_from(document)
        return document, routine_from(document, self.known_to(path), path)

    def load_routine(self, path: Path) -> Routine | None:
        """The routine in a file; None where it is an exercise. Raises FileFault."""
        found = self.load(path)[1]
        return found if isinstance(found, Routine) else None

    def known_to(self, path: Path) -> dict[str, Family]:
        """The families that a file can name: those in the folder `exercises` with it, then the library's."""
        return self._families_for(path)[0]

    def _families_for(self, path: Path) -> tuple[dict[str, Family], list[Fault]]:
        beside = path.parent if path.parent.name == "exercises" else path.parent / "exercises"
        if beside not in self._beside:
            self._beside[beside] = self._families_with(beside)
        return self._beside[beside]

    def _families_with(self, beside: Path) -> tuple[dict[str, Family], list[Fault]]:
        if any(_same(beside, folder / "exercises") for folder in self.folders) or not os.path.isdir(beside):
            return self.families, self.faults
        families, faults = _load_families(_yaml_files(beside))
        own = {key(name) for name in families}
        others = {name: family for name, family in self.families.items() if key(name) not in own}
        return families | others, [*faults, *self.faults]

    @cached_property
    def _beside(self) -> dict[Path, tuple[dict[str, Family], list[Fault]]]:
        return {}

    def _files(self) -> dict[str, Path]:
        """Every routine's file by its slug's key."""
        files: dict[str, Path] = {}
        for folder in self.folders:
            for path in _yaml_files(folder):
                files.setdefault(_known_as(path), path)
        return files


def _listings(files: Mapping[str, Path]) -> tuple[Listing, ...]:
    listings = {}
    for path in files.values():
        texts = head(path, ("routine", "about"))
        slug = name_of(path)
        listings[slug] = Listing(slug, texts.get("routine", printable(slug)), texts.get("about", ""), path)
    return tuple(listings[slug] for slug in sorted(listings))


def _load_families(paths: Iterable[Path]) -> tuple[dict[str, Family], list[Fault]]:
    """The families in these files, the first of each name, and the faults of those that cannot be read."""
    from coach.routine.loading import family_from

    families: dict[str, Family] = {}
    faults: list[Fault] = []
    for path in paths:
        try:
            family = family_from(read(path))
        except FileFault as fault:
            faults += fault.faults
            continue
        families.setdefault(key(family.name), family)
    return {family.name: family for family in families.values()}, faults


def _yaml_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml")) if folder.is_dir() else []


def _all_yaml_files(folder: Path) -> list[Path]:
    return sorted(path for pattern in ("*.yaml", "*.yml") for path in folder.rglob(pattern))


def _known_as(path: Path) -> str:
    """What all spellings of a file's name have in common; the name itself where there is no letter in it."""
    return key(name_of(path)) or name_of(path)


def _is_text(name: str) -> bool:
    """Whether it can be kept as text; else only the routine's name is."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)  # Path.resolve stumbles over a link to itself
