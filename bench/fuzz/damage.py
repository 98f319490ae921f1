"""Files made wrong, each in one of the ways in which files go wrong, or are made to."""

from __future__ import annotations

import random

_NASTY = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xed\xa0\x80", b"\xf0\x9f\x92\xaa", b"\t", b"\r"),
    *(b"&a [*a, *a]", b"*a", b"<<: *a", b"!!python/object:x", b"[" * 500, b"{a: " * 200, b"- " * 300, b"---\n"),
    *(b"'", b'"', b"|", b": ", b"null", b"NaN", b"1e999", b"-1", b"9" * 400, b"0x7fffffff", b"1:99:99"),
    *(b"../../x", b"/dev/zero", b"%s%n{0}", b"a" * 5000),
)


def damaged(seeds: list[bytes], chance: random.Random) -> bytes:
    """One of the seeds with one to four things done to it."""
    content = bytearray(chance.choice(seeds))
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(content) + 1)
        end = min(len(content), at + chance.choice((1, 4, 30, 300)))
        match chance.randrange(7):
            case 0:
                content[at:end] = chance.randbytes(end - at)
            case 1:
                del content[at:end]
            case 2:
                del content[at:]
            case 3:
                content[at:at] = content[at:end] * chance.choice((1, 2, 50))
            case 4:
                content[at:at] = chance.choice(_NASTY)
            case 5:
                content[at:end] = chance.choice(_NASTY)
            case 6:
                other = chance.choice(seeds)
                start = chance.randrange(len(other) + 1)
                content[at:end] = other[start : start + chance.choice((4, 30, 300))]
    return bytes(content)
