"""Files that are there whole or not at all, and input read with a reason when it cannot be."""

import contextlib
import os
import tempfile
from pathlib import Path

from allocentric.errors import BadInput


def atomic_write(path: str | Path, data: bytes) -> None:
    """Put `data` at `path` whole: whoever reads meanwhile, or after a crash, finds the old file or the new.

    Raises BadInput where the folder is missing or may not be written to.
    """
    path = Path(path)
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise _cannot("written", path, error, "name a folder that exists and may be written to") from None
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
        raise _cannot("written", path, error, "free some space or name another file") from None
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(beside)


def read_bytes(path: str | Path) -> bytes:
    """All bytes of a file; raises BadInput where it is missing, a folder, closed to us, or empty."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise _cannot("read", path, error, "name a file that exists and may be read") from None
    except ValueError:  # a NUL in the name
        raise BadInput("no file can have this name", where=repr(str(path)), mend="name a file") from None
    if not data:
        raise BadInput("the file is empty", where=str(path), mend="name a file that holds something")
    return data


def _cannot(what: str, path: str | Path, error: OSError, mend: str) -> BadInput:
    reason = (error.strerror or type(error).__name__).lower()
    return BadInput(f"this cannot be {what}: {reason}", where=str(path), mend=mend)
