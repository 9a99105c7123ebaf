"""Keys of endpoints: taken from the environment, and kept out of every text that is written or shown."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from allocentric.errors import BadInput

HIDDEN = "***"


@dataclass(frozen=True, slots=True)
class Key:
    """A key, and the environment variable it came from; only the latter is ever shown."""

    variable: str
    value: str = field(default="", repr=False, compare=False)

    def hide(self, text: str) -> str:
        """The text with the key, where it stands in it, made unreadable.

        >>> Key("MY_KEY", "s3cret").hide("no access with s3cret")
        'no access with ***'
        """
        return text.replace(self.value, HIDDEN) if self.value else text


def key_of(variable: str, *, needed: bool = False) -> Key:
    """The key in an environment variable, empty where there is none; raises BadInput where it is needed."""
    value = os.environ.get(variable, "").strip()
    if needed and not value:
        what = f"the environment has no {variable}"
        raise BadInput(what, where="--key-env", mend=f"set it: export {variable}=...")
    if any(not 32 < ord(letter) < 127 for letter in value):
        what = f"what {variable} holds is no key: it has spaces, or letters outside ASCII"
        raise BadInput(what, where="--key-env", mend="set it anew")
    return Key(variable, value)


def shown_url(url: str) -> str:
    """An address without a user, a password or a query, any of which may be a secret.

    >>> shown_url("https://me:secret@host:8000/v1?api-key=1")
    'https://host:8000/v1'
    """
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def endpoint_url(url: str) -> str:
    """The address that chat requests go to; raises BadInput for what is no web address.

    >>> endpoint_url("http://localhost:8000/v1/?v=2")
    'http://localhost:8000/v1/chat/completions?v=2'
    """
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        what = "this is no address of an endpoint"
        raise BadInput(
            what,
            where=f"--url {shown_url(url) if '@' not in url else HIDDEN}",
            mend="give http://HOST:PORT/v1",
        )
    path = parts.path.rstrip("/").removesuffix("/chat/completions") + "/chat/completions"
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))
