"""Films: pictures with their times in a file, and back out of one. They need PyAV: `allocentric[video]`."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import numpy as np
from jaxtyping import UInt8
from PIL import Image

from allocentric.errors import BadInput
from allocentric.jobs import atomic_write, read_bytes

TICKS_A_SECOND: Final = 90_000
BT709: Final = 1  # how red, green and blue become brightness and two colours, as its standard numbers it
LIMITED: Final = 1  # the range of numbers that players expect
CODECS: Final[dict[str, tuple[str, dict[str, str]]]] = {
    ".mp4": ("libx264", {"crf": "14", "preset": "medium"}),
    ".webm": ("libvpx-vp9", {"crf": "18", "b": "0", "deadline": "good", "cpu-used": "4"}),
}


@dataclass(frozen=True, eq=False, slots=True)
class Frame:
    """A picture of a film, and when it is shown: seconds from the film's start."""

    time_s: float
    colour: UInt8[np.ndarray, "height width 3"]


def write_video(path: str | Path, frames: Iterable[Frame]) -> int:
    """Make a film of these pictures, whole or not at all; gives how many they were.

    H.264 in an .mp4, VP9 in a .webm: any player's, at half the resolution of colour, so that a picture comes
    back nearly as it was. Times are kept to a ninety-thousandth of a second, in a .webm to the millisecond.
    An odd width or height gets its last column or row twice, for these formats have none. Raises BadInput
    where PyAV is not installed, for another suffix, no picture, pictures of several sizes, or times that do
    not rise from 0.
    """
    path, av = Path(path), _av()
    coding = _codec(path)
    file, count = io.BytesIO(), 0
    with av.open(file, mode="w", format=path.suffix[1:].lower()) as container:
        stream: Any = None
        for frame in _checked(frames, str(path)):
            count += 1
            if stream is None:
                stream = _stream(container, coding, frame)
            container.mux(stream.encode(_encoded(av, frame)))
        if stream is not None:
            container.mux(stream.encode(None))
    if not count:
        raise BadInput("a film of no picture", where=str(path), mend="give at least one")
    atomic_write(path, file.getvalue())
    return count


def read_video(path: str | Path) -> Iterator[Frame]:
    """The pictures of a film with their times, one after the other, of any format that PyAV reads.

    Raises BadInput where PyAV is not installed, and where the file is missing, no film, or broken.
    """
    av = _av()
    data = read_bytes(path)
    try:
        with av.open(io.BytesIO(data)) as container:
            if not container.streams.video:
                what = "there is no picture in it"
                raise BadInput(what, where=str(path), mend="name a film")
            for each in container.decode(video=0):
                if each.time is None:
                    raise BadInput("a picture has no time", where=str(path), mend="convert it to .mp4")
                colour = each.reformat(format="rgb24", interpolation=_exactly(av)).to_ndarray()
                yield Frame(float(each.time), colour)
    except av.FFmpegError as error:
        what = f"the film cannot be read: {(error.strerror or type(error).__name__).lower()}"
        raise BadInput(what, where=str(path), mend="name a film that plays") from None


def film_of(
    pictures: Sequence[str | Path],
    path: str | Path,
    *,
    rate_hz: float = 24.0,
    watch: Callable[[Iterator[Frame]], Iterable[Frame]] = iter,
) -> int:
    """Make a film of picture files, so many a second; gives how many they were. Raises as `write_video`."""
    check_rate(rate_hz)

    def frames() -> Iterator[Frame]:
        for number, each in enumerate(pictures):
            try:
                with Image.open(each) as image:
                    yield Frame(number / rate_hz, np.array(image.convert("RGB"), dtype=np.uint8))
            except OSError:
                raise BadInput("this picture cannot be read", where=str(each), mend="make it anew") from None

    return write_video(path, watch(frames()))


def check_rate(rate_hz: float) -> None:
    """Raise BadInput for a rate that no film has."""
    if not 0 < rate_hz <= 1000:
        raise BadInput(f"{rate_hz:g} pictures a second", where="a film", mend="give above 0, up to 1000")


def check_video() -> None:
    """Raise BadInput where films cannot be written or read: for who would have to wait until he hears it."""
    _av()


def _av() -> ModuleType:
    try:
        import av  # noqa: PLC0415 (an extra, which only films need)
    except ImportError:
        what = "films need PyAV, which is not installed"
        raise BadInput(what, where="a film", mend="pip install 'allocentric[video]'") from None
    module: ModuleType = av
    return module


def _exactly(av: Any) -> int:
    """How colours are brought to half the resolution and back: without it, all come out darker by 1 or 2."""
    ways = av.video.reformatter.Interpolation
    return int(ways.BICUBIC | ways.ACCURATE_RND | ways.FULL_CHR_H_INT | ways.FULL_CHR_H_INP)


def _codec(path: Path) -> tuple[str, dict[str, str]]:
    if path.suffix.lower() not in CODECS:
        what = f"no film is written to {path.suffix or 'a name without suffix'}"
        raise BadInput(what, where=str(path), mend=f"give {' or '.join(CODECS)}")
    return CODECS[path.suffix.lower()]


def _checked(frames: Iterable[Frame], where: str) -> Iterator[Frame]:
    """The frames, held to one size and rising times."""
    size: tuple[int, ...] | None = None
    last_s = -math.inf
    for number, frame in enumerate(frames):
        if size is not None and frame.colour.shape != size:
            sizes = " and ".join(f"{width} x {height}" for height, width, _ in (size, frame.colour.shape))
            what = f"pictures {number - 1} and {number} are {sizes}"
            raise BadInput(what, where=where, mend="give all one size")
        if not (0 <= frame.time_s < math.inf and frame.time_s > last_s):
            what = f"picture {number} is at {frame.time_s:g} s, after one at {last_s:g} s"
            raise BadInput(what, where=where, mend="give times that rise, from 0 on")
        size, last_s = frame.colour.shape, frame.time_s
        yield frame


def _stream(container: Any, coding: tuple[str, dict[str, str]], first: Frame) -> Any:
    codec, options = coding
    height, width, _ = first.colour.shape
    stream = container.add_stream(codec, options=options)
    stream.width, stream.height = width + width % 2, height + height % 2
    stream.pix_fmt = "yuv420p"
    context = stream.codec_context
    context.time_base = Fraction(1, TICKS_A_SECOND)
    context.colorspace, context.color_range = BT709, LIMITED
    context.color_primaries = context.color_trc = BT709
    return stream


def _encoded(av: Any, frame: Frame) -> Any:
    """The picture as codecs take it."""
    height, width, _ = frame.colour.shape
    even = np.pad(frame.colour, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(even), format="rgb24")
    coded = picture.reformat(
        format="yuv420p", dst_colorspace=BT709, dst_color_range=LIMITED, interpolation=_exactly(av)
    )
    coded.pts, coded.time_base = round(frame.time_s * TICKS_A_SECOND), Fraction(1, TICKS_A_SECOND)
    return coded
