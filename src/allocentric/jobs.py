"""Files that are there whole or not at all, work that goes on where it stopped, input read with a reason."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from allocentric.errors import BadInput

if sys.platform != "win32":
    import fcntl


def atomic_write(path: str | Path, data: bytes) -> None:
    """Put `data` at `path` whole: whoever reads meanwhile, or after a crash, finds the old file or the new.

    Raises BadInput where the folder is missing or may not be written to.
    """
    path = Path(path)
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise _cannot(
            "written", path, error, mend="name a folder that exists and may be written to"
        ) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp lets only its owner read; a file made here is as readable as any other.
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(beside, 0o666 & ~umask)
        os.replace(beside, path)
    except OSError as error:
        raise _cannot("written", path, error, mend="free some space or name another file") from None
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(beside)


@contextlib.contextmanager
def resumable_lines(
    path: str | Path, fingerprint: str
) -> Iterator[tuple[tuple[bytes, ...], Callable[[bytes], None]]]:
    """The lines that an unfinished run has left, and a function that adds a line; for `with`.

    Lines go to a file beside `path`, named after the `fingerprint` of the work, which becomes `path` when
    the block ends well. A run that is stopped leaves it there, and the next one with the same fingerprint
    goes on from its whole lines. Raises BadInput where the folder is missing or may not be written to, and
    where another run is at the same work.
    """
    path = Path(path)
    if path.is_dir():
        raise BadInput("this cannot be written: is a directory", where=str(path), mend="name a file")
    part = path.with_name(f"{path.name}.{fingerprint[:12]}.part")
    try:
        file = open(part, "a+b")  # noqa: SIM115 - closed below, before it is renamed
    except OSError as error:
        raise _cannot("written", path, error, mend="name a file in a folder that may be written to") from None
    with file:
        _hold(file, path)
        file.seek(0)
        done, _, torn = file.read().rpartition(b"\n")
        file.truncate(file.tell() - len(torn))

        def add(line: bytes) -> None:
            try:
                file.write(line + b"\n")
                file.flush()
            except OSError as error:
                raise _cannot("written", path, error, mend="free some space, and run it again") from None

        yield tuple(done.split(b"\n")) if done else (), add
        file.flush()
        os.fsync(file.fileno())
    try:
        os.replace(part, path)
    except OSError as error:
        raise _cannot("written", path, error, mend="name another file") from None


def _hold(file: BinaryIO, path: Path) -> None:
    """Keep other runs off the file until it is closed."""
    if sys.platform != "win32":  # there, a file that is open cannot be renamed
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            what = "another run is writing the same"
            raise BadInput(what, where=str(path), mend="let it end, or name another file") from None


def read_bytes(path: str | Path) -> bytes:
    """All bytes of a file; raises BadInput where it is missing, a folder, closed to us, or empty."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise _cannot("read", path, error, mend="name a file that exists and may be read") from None
    except ValueError:  # a NUL in the name
        raise BadInput("no file can have this name", where=repr(str(path)), mend="name a file") from None
    if not data:
        raise BadInput("the file is empty", where=str(path), mend="name a file that holds something")
    return data


def _cannot(what: str, path: str | Path, error: OSError, *, mend: str) -> BadInput:
    reason = (error.strerror or type(error).__name__).lower()
    return BadInput(f"this cannot be {what}: {reason}", where=str(path), mend=mend)
