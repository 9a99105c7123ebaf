import pytest

from allocentric.errors import AllocentricError, BadInput, UnknownName, nearest_names


def test_an_error_says_what_where_and_how_to_mend_it_in_three_lines() -> None:
    error = BadInput("the file is empty", where="room.json", mend="write something into it")
    assert str(error).splitlines() == [
        "the file is empty",
        "  where: room.json",
        "  mend:  write something into it",
    ]
    assert isinstance(error, AllocentricError)


def test_half_an_error_cannot_be_raised() -> None:
    with pytest.raises(TypeError):
        BadInput("the file is empty")  # type: ignore[call-arg]


def test_a_name_that_is_not_there_comes_with_its_near_miss_or_with_what_there_is() -> None:
    assert "did you mean 'sofa'?" in str(UnknownName("thing", "soffa", ["sofa", "tv"], where="room"))
    assert nearest_names("xyz", ["tv", "sofa"]) == "use one of 'sofa', 'tv'"
    assert nearest_names("xyz", []) == "there is none to name"
    assert nearest_names("xyz", [f"n{i:02}" for i in range(15)]).endswith("and 3 more")
