import pathlib
import subprocess
import sys

import pytest

from allocentric.errors import AllocentricError, BadInput, UnknownName
from allocentric.worlds.read import formats, read, read_all, scene_ids, split_address
from tests.worlds import layouts
from tests.worlds.layouts import put


def test_a_file_of_many_scenes_wants_an_id_and_says_which_there_are(tmp_path: pathlib.Path) -> None:
    path = put(tmp_path / "vsi.json", layouts.vsi_bench())
    with pytest.raises(BadInput, match="holds 2 scenes") as caught:
        read(path)
    assert "vsi.json#41069025, vsi.json#41069043" in caught.value.mend


def test_an_id_that_is_not_there_is_refused_with_its_near_miss(tmp_path: pathlib.Path) -> None:
    path = put(tmp_path / "vsi.json", layouts.vsi_bench())
    with pytest.raises(UnknownName, match="did you mean '41069025'"):
        read(f"{path}#4106902")
    with pytest.raises(UnknownName, match="did you mean 'den'"):
        read(f"{put(tmp_path / 'a.json', layouts.boxes_json())}#dem")


def test_a_file_whose_own_name_holds_a_hash_is_itself(tmp_path: pathlib.Path) -> None:
    path = put(tmp_path / "room#1.json", layouts.boxes_json())
    assert read(path).id == "den"
    assert read(f"{path}#den").id == "den"
    assert split_address(f"{path}#den") == (path, "den")
    assert split_address("a.json#scannet/scene#2") == (pathlib.Path("a.json"), "scannet/scene#2")


def test_a_format_overrides_the_content_and_a_wrong_one_is_refused(tmp_path: pathlib.Path) -> None:
    path = put(tmp_path / "den.json", layouts.boxes_json())
    assert read(path, format="boxes").id == "den"
    with pytest.raises(UnknownName, match="did you mean 'boxes'"):
        read(path, format="boxs")
    for format in set(formats()) - {"boxes"}:
        with pytest.raises(AllocentricError):
            list(read_all(path, format=format))


def test_what_no_reader_knows_is_refused_with_all_formats(tmp_path: pathlib.Path) -> None:
    (tmp_path / "notes.txt").write_text("a chair by the window")
    for path in (
        tmp_path,
        tmp_path / "notes.txt",
        put(tmp_path / "a.json", {}),
        put(tmp_path / "b.json", [1]),
    ):
        with pytest.raises(BadInput, match=r"a (file|folder) in no (format|layout)") as caught:
            read(path)
        assert all(format in caught.value.mend for format in formats())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", "empty"),
        (b'{"things": [', "stops short, after 12 bytes"),
        (b"[" * 10**6, "nested too deeply"),
        (b'{"things": [{"label": "tv", "center": [1e999, 0, 0], "size": [1, 1, 1]}]}', "out of range"),
        (b'{"things": [Infinity]}', "Infinity is no JSON number"),
    ],
)
def test_a_broken_file_is_refused_before_any_reader_sees_it(
    text: bytes, says: str, tmp_path: pathlib.Path
) -> None:
    path = tmp_path / "room.json"
    path.write_bytes(text)
    with pytest.raises(BadInput, match=says):
        read(path)


def test_a_missing_file_is_refused_with_or_without_an_id(tmp_path: pathlib.Path) -> None:
    for name in ("room.json", "room.json#den"):
        with pytest.raises(BadInput, match="no such file") as caught:
            read(tmp_path / name)
        assert caught.value.where == str(tmp_path / "room.json")


def test_a_folder_where_a_file_is_read_and_a_file_where_a_folder_is_are_refused(
    tmp_path: pathlib.Path,
) -> None:
    with pytest.raises(BadInput, match="this is a folder"):
        scene_ids(tmp_path, format="multiscan")
    with pytest.raises(BadInput, match="this is a file"):
        scene_ids(put(tmp_path / "a.json", {}), format="aria_digital_twin")


def test_a_folder_in_no_layout_names_what_lies_in_it(tmp_path: pathlib.Path) -> None:
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "rooms").mkdir()
    with pytest.raises(BadInput, match="no layout that is known") as caught:
        read(tmp_path)
    assert caught.value.mend.startswith("say which it is")
    put(tmp_path / "room.json", {"things": [{"label": "sofa", "center": [0, 0, 0], "size": [1, 1, 1]}]})
    with pytest.raises(BadInput, match="no layout that is known") as caught:
        read(tmp_path)
    assert caught.value.mend == f"boxes is in it: name {tmp_path / 'room.json'}"


# In a child of its own child: a process's greatest use begins with that of whoever started it.
MANY_BYTES = """
import resource, subprocess, sys
READS = '''
import sys
from allocentric.errors import BadInput
from allocentric.worlds.read import read
try:
    read(sys.argv[1])
except BadInput as error:
    print(error.what, end="|")
'''
read = subprocess.run([sys.executable, "-c", READS, *sys.argv[1:]], capture_output=True, text=True)
print(read.stdout, end="")
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def test_two_hundred_megabytes_of_broken_json_are_refused_in_a_gigabyte(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "big.json"
    with path.open("wb") as file:
        file.write(b'{"41069025": {"object_bbox": {"chair": [')
        for _ in range(200):
            file.write(b'{"centroid": [1, 2, 3]},' * 41_667)
    told = subprocess.run(
        [sys.executable, "-c", MANY_BYTES, path], capture_output=True, text=True, check=True
    )
    what, megabytes = told.stdout.split("|")
    assert what.startswith("the JSON stops short, after 20")
    assert int(megabytes) < 1000
