"""`python -m gameqa.builders`: the command line where the command `gameqa` is not on the path."""

from gameqa.builders.command_line import main

if __name__ == "__main__":
    main()
