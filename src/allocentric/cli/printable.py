"""Text from files and users, made fit for a terminal."""


def printable(text: str) -> str:
    r"""The text in one line, without anything that a terminal would act on.

    >>> printable("a\x1b[31m\nlamp")
    'a\\x1b[31m lamp'
    """
    line = " ".join(text.split())
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in line)
