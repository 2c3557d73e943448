"""The app with one more of everything that can be added: `python -m tests.browser.extended_app --port P`."""

import os
import sys

from app import main
from playground.ui.apart.calculators import MORE_ENTRIES
from tests.additions import add_all

# The processes that calculate for the server import this module, too.
add_all()
if __name__ == "__main__":
    os.environ[MORE_ENTRIES] = "tests.browser.extended_app"
    sys.exit(main())
