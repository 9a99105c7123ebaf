from allocentric.seeds import stream


def test_the_same_path_gives_the_same_numbers_and_another_path_others() -> None:
    assert stream(7, "room", 3).random() == stream(7, "room", 3).random()
    assert stream(7, "room", 3).random() != stream(7, "room", 4).random()
    assert stream(7, "room", 3).random() != stream(8, "room", 3).random()


def test_the_numbers_are_those_of_every_machine() -> None:
    assert stream(7, "room", 3).integers(0, 1_000_000, 3).tolist() == [453806, 164272, 181373]


def test_a_number_and_its_text_are_two_paths() -> None:
    assert stream(0, 1).random() != stream(0, "1").random()


def test_a_negative_seed_is_a_seed_of_its_own() -> None:
    assert len({stream(seed, "room").random() for seed in (-2, -1, 0, 1, 2)}) == 5
