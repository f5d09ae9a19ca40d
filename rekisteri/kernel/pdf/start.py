"""Starts the renderer without the rest of the register: `python -I start.py DIRECTORY`.

Importing the package would bring in the web framework and the database, which a printer needs neither for speed nor for
safety. So the package is stood up empty, and only what printing needs is imported from inside it.
"""

import sys
from pathlib import Path
from types import ModuleType

if __name__ == "__main__":
    package = ModuleType("rekisteri")
    package.__path__ = [str(Path(__file__).parents[2])]
    sys.modules["rekisteri"] = package

    from rekisteri.kernel.pdf.renderer import main

    sys.exit(main(Path(sys.argv[1])))
