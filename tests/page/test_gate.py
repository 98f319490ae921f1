"""Who may see the page and give commands."""

from __future__ import annotations

import pytest

from coach.page.gate import GUESTS, TRIES, Gate, hosts, is_this_machine

PHONE = "192.168.1.20"


@pytest.fixture
def gate() -> Gate:
    return Gate(hosts(["192.168.1.5"], 8765))


@pytest.mark.parametrize(
    ("address", "ours"),
    [("127.0.0.1", True), ("::1", True), ("::ffff:127.0.0.1", True), (PHONE, False), ("", False), ("localhost", False)],
)
def test_this_machine_is_known_by_its_address(address: str, ours: bool) -> None:
    assert is_this_machine(address) is ours


def test_this_machine_needs_no_code_and_another_one_does(gate: Gate) -> None:
    assert gate.knows("127.0.0.1", "localhost:8765", "")
    assert not gate.knows(PHONE, "192.168.1.5:8765", "")
    guest = gate.pair("192.168.1.5:8765", gate.code)
    assert guest
    assert gate.knows(PHONE, "192.168.1.5:8765", guest)
    assert not gate.knows(PHONE, "192.168.1.5:8765", guest[:-1])


@pytest.mark.parametrize("host", ["evil.example:8765", "localhost", "localhost:80", "", "localhost:8765.evil.example"])
def test_a_page_by_another_name_is_a_trick(gate: Gate, host: str) -> None:
    assert not gate.knows("127.0.0.1", host, "")
    assert gate.pair(host, gate.code) is None


@pytest.mark.parametrize(
    ("origin", "right"),
    [
        ("http://localhost:8765", True),
        ("", False),
        ("null", False),
        ("http://localhost:8766", False),
        ("https://localhost:8765", False),
        ("http://evil.example", False),
    ],
)
def test_a_command_comes_from_the_page_itself(gate: Gate, origin: str, right: bool) -> None:
    assert gate.may_command(origin, "localhost:8765") is right


def test_guessing_ends_before_it_gets_anywhere(gate: Gate) -> None:
    wrong = "000000" if gate.code != "000000" else "000001"
    guest = gate.pair("192.168.1.5:8765", gate.code)
    for _ in range(TRIES):
        assert gate.pair("192.168.1.5:8765", wrong) is None
    assert gate.pair("192.168.1.5:8765", gate.code) is None
    assert guest
    assert gate.knows(PHONE, "192.168.1.5:8765", guest)  # who was let in before stays


def test_no_more_devices_than_a_household_has(gate: Gate) -> None:
    assert all(gate.pair("localhost:8765", gate.code) for _ in range(GUESTS))
    assert gate.pair("localhost:8765", gate.code) is None


def test_codes_differ() -> None:
    assert len({Gate(frozenset()).code for _ in range(50)}) > 45
