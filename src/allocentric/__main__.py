"""`python -m allocentric` is `allo`."""

from allocentric.cli.main import main

if __name__ == "__main__":
    main()
