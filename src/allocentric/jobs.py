"""Files that are there whole or not at all, work that goes on where it stopped, input read with a reason."""

import contextlib
import os
import socket
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO, Final, TypeVar

from allocentric.errors import BadInput

Item = TypeVar("Item")
Result = TypeVar("Result")
AHEAD: Final = 4  # items a worker that are under way or done before the one that is due
REACH_S: Final = 5.0
DEATHS: Final = 5  # of workers, after which the work itself is at fault

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
        hold(file, path)
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


@dataclass(frozen=True, slots=True)
class Log:
    """Lines that an unfinished run has left, in whole groups, and a place for more."""

    done: Callable[[], Iterator[bytes]]  # what is there, read anew at each call
    add: Callable[[Sequence[bytes]], None]  # one group of lines


@contextlib.contextmanager
def open_log(path: str | Path, *, ends: bytes) -> Iterator[Log]:
    """A log of groups of lines, the last line of each of which begins with `ends`; for `with`.

    What an interrupted run has left of a group is cut off. It is read line by line: memory does not grow with
    it. Raises BadInput where the folder may not be written to, and where another run holds the log.
    """
    path = Path(path)
    try:
        file = open(path, "a+b")  # noqa: SIM115 - closed below
    except OSError as error:
        raise _cannot("written", path, error, mend="name a folder that may be written to") from None
    with file:
        hold(file, path)
        file.truncate(_whole(path, ends))

        def done() -> Iterator[bytes]:
            with open(path, "rb") as read:
                for line in read:
                    yield line.rstrip(b"\n")

        def add(lines: Sequence[bytes]) -> None:
            try:
                file.write(b"".join(line + b"\n" for line in lines))
                file.flush()
            except OSError as error:
                raise _cannot("written", path, error, mend="free some space, and run it again") from None

        yield Log(done, add)


def _whole(path: Path, ends: bytes) -> int:
    """How many bytes of a log are whole groups."""
    kept = at = 0
    with open(path, "rb") as read:
        for line in read:
            at += len(line)
            if line.startswith(ends) and line.endswith(b"\n"):
                kept = at
    return kept


def in_order(
    work: Callable[[Item], Result], items: Iterable[Item], *, workers: int = 1, ray: str | None = None
) -> Iterator[Result]:
    """What `work` makes of each item, in the order of the items, whoever is at it.

    With one worker it is done here; with more, by so many processes of this machine; with `ray`, the address
    of a Ray cluster ("local" starts one here), by its workers. No more than a few items a worker are ahead of
    the one that is due: memory does not grow. A worker that dies is replaced and its items are done again.

    >>> list(in_order(abs, [-1, 2, -3]))
    [1, 2, 3]
    """
    if ray is not None:
        yield from _by_ray(work, items, ray)
    elif workers <= 1:
        yield from map(work, items)
    else:
        yield from _by_processes(work, items, workers)


def _by_processes(work: Callable[[Item], Result], items: Iterable[Item], workers: int) -> Iterator[Result]:
    waiting, ahead = iter(items), deque[Item]()
    for _ in range(DEATHS):
        pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
        try:
            due = deque(pool.submit(work, each) for each in ahead)
            while True:
                for each in islice(waiting, workers * AHEAD - len(due)):
                    ahead.append(each)
                    due.append(pool.submit(work, each))
                if not due:
                    return
                result = due.popleft().result()
                ahead.popleft()
                yield result
        except BrokenProcessPool:
            continue
        finally:
            pool.shutdown(cancel_futures=True)
    mend = "give fewer --workers: each needs memory"
    raise BadInput(f"workers died {DEATHS} times at the same work", where="--workers", mend=mend)


def _by_ray(work: Callable[[Item], Result], items: Iterable[Item], address: str) -> Iterator[Result]:
    try:
        import ray  # noqa: PLC0415
    except ImportError:
        mend = "pip install allocentric[scale]"
        raise BadInput("many machines need Ray", where="--ray", mend=mend) from None
    at = {} if address == "local" else {"address": address}
    try:
        host, _, port = address.rpartition(":")
        if host and port.isdigit():  # Ray itself would try for minutes
            socket.create_connection((host, int(port)), timeout=REACH_S).close()
        ray.init(**at, ignore_reinit_error=True, log_to_driver=False)
    except (OSError, ValueError, RuntimeError) as error:
        mend = "start one: ray start --head"
        raise BadInput(f"no Ray cluster answers: {error}", where=f"--ray {address}", mend=mend) from None
    remote, held = ray.remote(max_retries=DEATHS)(_done), ray.put(work)  # sent to each machine once
    waiting = iter(items)
    ahead = max(int(ray.cluster_resources().get("CPU", 1)), 1) * AHEAD
    due = deque(remote.remote(held, each) for each in islice(waiting, ahead))
    while due:
        yield ray.get(due.popleft())
        due.extend(remote.remote(held, each) for each in islice(waiting, 1))


def _done(work: Callable[[Item], Result], item: Item) -> Result:
    """A function of its own for Ray, which takes nothing else: no method, no partial function."""
    return work(item)


def hold(file: BinaryIO, path: Path) -> None:
    """Keep other runs off a file until it is closed; raises BadInput where one is at it."""
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
