"""``python -m allograph`` is the command ``allograph``."""

from allograph.cli import main

if __name__ == "__main__":
    main()
