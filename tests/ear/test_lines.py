from coach.ear.lines import SpokenLines


def test_lines_count_from_their_beginning_to_their_end() -> None:
    lines = SpokenLines()
    lines.say("Hips level.", 1.0)
    lines.say("Hips level.", 1.02)
    lines.say(None, 3.0)
    assert [lines.at(time) for time in (0.9, 1.0, 2.9, 3.0)] == [False, True, True, False]
    assert [lines.since(time) for time in (2.9, 3.1)] == ["hips level", ""]


def test_what_a_late_echo_brings_is_among_all_that_was_said_since() -> None:
    lines = SpokenLines()
    lines.say("One.", 1.0)
    lines.say("Two.", 2.0)
    assert lines.since(1.5) == "one two"
    assert lines.since(2.5) == "two"


def test_a_line_that_goes_on_counts_for_ever_and_one_long_ended_is_forgotten() -> None:
    lines = SpokenLines()
    lines.say("One.", 1.0)
    lines.say(None, 2.0)
    lines.say("Two.", 60.0)
    assert lines.since(0.0) == "two"
    assert lines.at(500.0)


def test_words_are_kept_as_they_are_heard_without_quotes_and_points() -> None:
    lines = SpokenLines()
    lines.say('If anything hurts, say "it hurts". I\'m here!', 1.0)
    assert lines.since(0.0) == "if anything hurts say it hurts i'm here"
