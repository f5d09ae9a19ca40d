"""The application, for `flask` and for the web server."""

import gc

gc.disable()  # what is loaded here stays, and to look for garbage among it takes a fifth of the time

from rekisteri import create_app  # noqa: E402

app = create_app()
gc.freeze()
gc.enable()
