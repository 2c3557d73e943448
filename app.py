"""Opens the playground: `python app.py [--host H] [--port P] [--share]`. Also the entry of a hosted Space."""

import argparse
import os
import sys

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")


def main() -> int:
    """Serves until interrupted. Out: the exit status."""
    options = arguments().parse_args()
    from playground.serve import serve

    return serve(options.host, options.port, options.share)


def arguments() -> argparse.ArgumentParser:
    """What the command line takes."""
    hosted = "SPACE_ID" in os.environ
    parser = argparse.ArgumentParser(
        description="Build, train and understand neural networks in the browser."
    )
    parser.add_argument(
        "--host", default="0.0.0.0" if hosted else "127.0.0.1", help="address to listen on"
    )
    parser.add_argument("--port", type=int, default=7860, help="port to listen on")
    parser.add_argument(
        "--share", action="store_true", help="also make a public link through Gradio"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
