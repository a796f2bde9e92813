"""Run talkstrack as `python -m talkstrack`."""

from talkstrack.cli.main import run

if __name__ == "__main__":
    run()
