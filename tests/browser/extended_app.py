"""The app with one more of everything that can be added: `python -m tests.browser.extended_app --port P`."""

import sys

from app import main
from tests.additions import add_all

# Processes that read files for the server import this module, too.
if __name__ == "__main__":
    add_all()
    sys.exit(main())
