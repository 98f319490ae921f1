"""`python -m coach` is the program itself."""

from coach.cli.main import main

if __name__ == "__main__":
    main()
