"""The chat format: what is sent is what was given, byte for byte, and what comes back is read or refused."""

import base64
import io
import json
import pathlib

import numpy as np
import pytest
from PIL import Image

from allocentric.agents.answerer import Transient
from allocentric.agents.chat import CUT_OFF, Generation, Price, read_reply, render
from allocentric.agents.pictures import picture_data
from allocentric.answers.kinds import Expected
from allocentric.answers.prompt import Attempt, Picture, Prompt
from allocentric.errors import BadInput

PLAIN = Generation()


def picture(path: pathlib.Path, size: tuple[int, int] = (40, 30), seed: int = 0) -> str:
    pixels = np.random.default_rng(seed).integers(0, 255, (size[1], size[0], 3), dtype=np.uint8)
    Image.fromarray(pixels).save(path)
    return str(path)


def prompt(*parts: str | Picture, system: str = "") -> Prompt:
    return Prompt("1", parts, Expected("count"), system=system)


def sent(asked: Prompt, generation: Generation = PLAIN) -> dict[str, object]:
    told: dict[str, object] = json.loads(render("m", asked, generation, seed=5)[0])
    return told


def test_words_alone_are_sent_as_one_text() -> None:
    told = sent(prompt('How "many"\nchairs? \u00e9', system="Be brief."))
    assert told["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": 'How "many"\nchairs? \u00e9'},
    ]
    assert (told["model"], told["temperature"], told["max_tokens"], told["seed"]) == ("m", 0.0, 1024, 5)


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".gif", ".bmp"])
def test_a_picture_is_sent_as_its_file_s_own_bytes(tmp_path: pathlib.Path, suffix: str) -> None:
    path = picture(tmp_path / f"a{suffix}")
    first, second = sent(prompt("Look:", Picture(path), "How many?"))["messages"][0]["content"][:2]  # type: ignore[index]
    assert first == {"type": "text", "text": "Look:"}
    head, _, data = second["image_url"]["url"].partition(",")
    assert base64.b64decode(data) == pathlib.Path(path).read_bytes()
    assert head == f"data:image/{ {'.jpg': 'jpeg'}.get(suffix, suffix[1:]) };base64"


def test_a_picture_s_kind_is_told_by_its_bytes_not_by_its_name(tmp_path: pathlib.Path) -> None:
    picture(tmp_path / "a.png")
    (tmp_path / "a.png").rename(tmp_path / "a.jpg")
    content = sent(prompt(Picture(str(tmp_path / "a.jpg"))))["messages"][0]["content"]  # type: ignore[index]
    assert content[0]["image_url"]["url"].startswith("data:image/png;")


def test_pictures_are_scaled_only_where_that_is_asked_for(tmp_path: pathlib.Path) -> None:
    path = picture(tmp_path / "a.jpg", (80, 40))
    for side, size in ((40, (40, 20)), (80, (80, 40))):
        content = sent(prompt(Picture(path)), Generation(most_side_px=side))["messages"][0]["content"]  # type: ignore[index]
        data = base64.b64decode(content[0]["image_url"]["url"].partition(",")[2])
        with Image.open(io.BytesIO(data)) as image:
            assert image.size == size
        assert (data == pathlib.Path(path).read_bytes()) == (side == 80)


def test_the_hash_tells_every_difference_and_nothing_else(tmp_path: pathlib.Path) -> None:
    one, two = picture(tmp_path / "a.png", seed=1), picture(tmp_path / "b.png", seed=2)
    copy = str(tmp_path / "copy.png")
    pathlib.Path(copy).write_bytes(pathlib.Path(one).read_bytes())

    def key(model: str, asked: Prompt, generation: Generation = PLAIN, seed: int = 0) -> str:
        return render(model, asked, generation, seed=seed)[1]

    base = key("m", prompt("a", Picture(one)))
    assert key("m", prompt("a", Picture(copy))) == base
    others = [
        key("n", prompt("a", Picture(one))),
        key("m", prompt("b", Picture(one))),
        key("m", prompt("a", Picture(two))),
        key("m", prompt(Picture(one), "a")),
        key("m", prompt("a", Picture(one), system="s")),
        key("m", prompt("a", Picture(one)), Generation(temperature=0.5)),
        key("m", prompt("a", Picture(one)), Generation(more={"stop": ["x"]})),
        key("m", prompt("a", Picture(one)), seed=1),
    ]
    assert len({base, *others}) == 9


def test_what_is_no_picture_is_refused_by_name(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.png").write_text("not a picture")
    for name, why in (("a.png", "no picture that can be sent"), ("b.png", "cannot be read")):
        with pytest.raises(BadInput, match=why):
            sent(prompt(Picture(str(tmp_path / name))))


def test_a_picture_in_a_table_is_sent_as_the_table_holds_it(tmp_path: pathlib.Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    data = [pathlib.Path(picture(tmp_path / f"{n}.png", seed=n)).read_bytes() for n in range(5)]
    rows = [{"bytes": each, "path": f"{n}.png"} for n, each in enumerate(data)]
    parquet.write_table(pyarrow.table({"image": rows}), tmp_path / "t.parquet", row_group_size=2)
    for row in (1, 4, 5):
        content = sent(prompt(Picture(f"{tmp_path}/t.parquet#{row}/image")))["messages"][0]["content"]  # type: ignore[index]
        assert base64.b64decode(content[0]["image_url"]["url"].partition(",")[2]) == data[row - 1]
    for place, why in (("6/image", "has 5 rows"), ("1/picture", "no column"), ("image", "no row and column")):
        with pytest.raises(BadInput, match=why):
            sent(prompt(Picture(f"{tmp_path}/t.parquet#{place}")))


def reply(body: str) -> Attempt:
    return read_reply(body.encode(), sample="1", model="m", price=Price(1.0, 10.0), seconds=0.5)


def choice(message: str, reason: str = "stop") -> str:
    usage = '{"prompt_tokens":100,"completion_tokens":2}'
    return f'{{"choices":[{{"message":{message},"finish_reason":"{reason}"}}],"usage":{usage}}}'


def test_a_reply_is_read_with_its_tokens_and_its_price() -> None:
    told = reply(choice('{"role":"assistant","content":"B"}'))
    assert (told.state, told.reply, told.error) == ("answered", "B", "")
    assert (told.usage.prompt_tokens, told.usage.reply_tokens, told.usage.seconds) == (100, 2, 0.5)
    assert told.usage.cost == pytest.approx(0.00012)


def test_parts_of_a_reply_are_put_together() -> None:
    parts = '{"content":[{"type":"text","text":"The answer"},{"type":"text","text":" is B"}]}'
    assert reply(choice(parts)).reply == "The answer is B"


@pytest.mark.parametrize(
    ("body", "state", "said"),
    [
        (choice('{"content":null,"refusal":"I cannot help"}'), "refused", "I cannot help"),
        (choice('{"content":""}', "content_filter"), "refused", "content filter"),
        (choice('{"content":"half of"}', "length"), "answered", CUT_OFF),
        (choice('{"content":null}', "length"), "answered", CUT_OFF),
    ],
)
def test_refusals_and_replies_cut_off_are_told_apart(body: str, state: str, said: str) -> None:
    told = reply(body)
    assert (told.state, told.error) == (state, said)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "oh no",
        "[]",
        '{"choices":[]}',
        '{"choices":{"message":"A"}}',
        '{"choices":[{"message":{"content":7}}]}',
        '{"choices":[{"message":{"content":"A"',
        choice('{"content":null}'),
        '{"choices":[{"message":{"content":"\\ud800"}}]}',
        "[" * 100_000,
        '{"error":{"message":"overloaded"}}',
    ],
)
def test_what_is_no_reply_may_be_asked_for_again(body: str) -> None:
    with pytest.raises(Transient):
        reply(body)


def test_tokens_that_are_not_told_count_as_none() -> None:
    told = reply('{"choices":[{"message":{"content":"A"}}],"usage":null}')
    assert (told.usage.prompt_tokens, told.usage.cost) == (0, 0.0)


def test_all_pictures_of_one_cell_are_sent_each_byte_for_byte(tmp_path: pathlib.Path) -> None:
    import pyarrow
    from pyarrow import parquet

    held = [pathlib.Path(picture(tmp_path / f"{seed}.png", seed=seed)).read_bytes() for seed in range(3)]
    cells = {
        "bare": [held, held[:1]],
        "named": [[{"bytes": each, "path": "a.png"} for each in held], [{"bytes": held[0], "path": None}]],
    }
    parquet.write_table(pyarrow.table(cells), tmp_path / "t.parquet")
    for name in cells:
        asked = prompt("Look:", Picture(f"{tmp_path}/t.parquet#1/{name}"), "How many?")
        assert bytes_of(asked) == held
        assert bytes_of(prompt(Picture(f"{tmp_path}/t.parquet#2/{name}"))) == held[:1]
        assert picture_data(f"{tmp_path}/t.parquet#1/{name}/3") == ("png", held[2])


@pytest.mark.parametrize(("suffix", "gap"), [("tsv", "\t"), ("csv", ",")])
def test_pictures_written_as_base64_in_a_cell_are_sent_as_their_bytes(
    tmp_path: pathlib.Path, suffix: str, gap: str
) -> None:
    held = [pathlib.Path(picture(tmp_path / f"{seed}.png", seed=seed)).read_bytes() for seed in range(2)]
    one, two = (base64.b64encode(each).decode() for each in held)
    rows = [
        ["index", "question", "image"],
        ["0", '"two\nlines \u00e9"', one],
        ["1", "b", f"\"['{one}', '{two}']\""],
    ]
    table = tmp_path / f"t.{suffix}"
    table.write_text("\ufeff" + "\n".join(gap.join(row) for row in rows) + "\n", encoding="utf-8")
    assert bytes_of(prompt(Picture(f"{table}#1/image"))) == held[:1]
    assert bytes_of(prompt(Picture(f"{table}#2/image"))) == held
    for place in ("3/image", "0/image", "1/nothing", "1/question", "2/image/3"):
        with pytest.raises(BadInput):
            picture_data(f"{table}#{place}")


@pytest.mark.parametrize("asked", [{"max_tokens": 0}, {"most_side_px": 0}])
def test_a_reply_of_no_token_and_a_picture_of_no_pixel_are_refused(asked: dict[str, int]) -> None:
    with pytest.raises(BadInput, match="1 or more"):
        Generation(**asked)  # type: ignore[arg-type]


def bytes_of(asked: Prompt) -> list[bytes]:
    """The pictures that are sent."""
    parts = sent(asked)["messages"][0]["content"]  # type: ignore[index]
    return [
        base64.b64decode(each["image_url"]["url"].partition(",")[2]) for each in parts if "image_url" in each
    ]
