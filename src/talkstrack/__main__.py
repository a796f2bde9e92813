"""Run talkstrack: the first module that is loaded, so that Ctrl-C ends quietly while the others still load."""

import os


def run() -> None:
    """Load the program and run it for this process."""
    try:
        from talkstrack.cli.main import run as program

        program()
    except KeyboardInterrupt:
        os._exit(130)


if __name__ == "__main__":
    run()
