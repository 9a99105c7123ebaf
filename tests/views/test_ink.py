import io

from PIL import Image

from allocentric.views.ink import Area, Disc, Item, Line, Text, plain, text_width, wrapped
from allocentric.views.plan_png import png_of
from allocentric.views.plan_svg import svg_of

RED = (200, 0, 0, 255)
SQUARE = ((10.0, 10.0), (50.0, 10.0), (50.0, 50.0), (10.0, 50.0))
HOLE = ((20.0, 20.0), (40.0, 20.0), (40.0, 40.0), (20.0, 40.0))


def pixel(item: Item, x: int, y: int) -> object:
    return Image.open(io.BytesIO(png_of([item], 60, 60))).getpixel((x, y))


def test_a_hole_in_an_area_shows_the_paper() -> None:
    area = Area((SQUARE, HOLE), RED)
    assert pixel(area, 15, 15) == RED[:3]
    assert pixel(area, 30, 30) == (255, 255, 255)
    assert 'fill-rule="evenodd"' in svg_of([area], 60, 60)


def test_a_ring_shows_what_is_within_it() -> None:
    assert pixel(Disc((30, 30), 15, None, RED, 4), 30, 30) == (255, 255, 255)
    assert pixel(Disc((30, 30), 15, None, RED, 4), 45, 30) == RED[:3]


def test_half_opacity_mixes_with_the_paper() -> None:
    red, green, _ = Image.open(io.BytesIO(png_of([Area((SQUARE,), (200, 0, 0, 128))], 60, 60))).getpixel(
        (30, 30)
    )  # type: ignore[misc]
    assert abs(red - 227) <= 1
    assert abs(green - 127) <= 1


def test_dashes_leave_gaps_as_long_as_themselves_around_corners_too() -> None:
    line = Line(((5.0, 30.0), (30.0, 30.0), (55.0, 30.0)), RED, 2.0, 10.0)
    assert [pixel(line, x, 30) == RED[:3] for x in (10, 20, 30, 40, 50)] == [True, False, True, False, True]


def test_words_are_as_wide_in_the_picture_as_they_are_measured() -> None:
    text = Text((150, 30), "Where is the tv?", 15.0, (0, 0, 0, 255))
    image = Image.open(io.BytesIO(png_of([text], 300, 60))).convert("L").point(lambda value: 255 - value)
    left, top, right, bottom = image.getbbox()  # type: ignore[misc]
    assert abs((right - left) - text_width(text.text, 15.0)) < 4
    assert text.box[1] <= top
    assert bottom <= text.box[3]


def test_long_words_are_wrapped_at_spaces_and_a_longer_word_stays_whole() -> None:
    assert wrapped("one two", 10.0, 1000.0) == ["one two"]
    assert wrapped("one two", 10.0, 1.0) == ["one", "two"]
    assert wrapped("", 10.0, 100.0) == []
    assert " ".join(wrapped("a b c d e f g", 10.0, 30.0)) == "a b c d e f g"


def test_letters_that_the_font_lacks_are_never_drawn_as_empty_boxes() -> None:
    assert plain("café ±3° 12 m²") == "cafe ±3° 12 m2"
    assert plain("沙发") == "??"
