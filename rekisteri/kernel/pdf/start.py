"""Starts a process of printing without the rest of the register: `python -I start.py renderer DIRECTORY`, or `… drawer`.

Importing the package would bring in the web framework and the database, which a printer needs neither for speed nor for
safety. So the package is stood up empty, and only what printing needs is imported from inside it.
"""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

if __name__ == "__main__":
    package = ModuleType("rekisteri")
    package.__path__ = [str(Path(__file__).parents[2])]
    sys.modules["rekisteri"] = package
    task, *words = sys.argv[1:]
    sys.exit(import_module(f"rekisteri.kernel.pdf.{task}").main(*words))
