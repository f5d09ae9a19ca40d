"""The application, for `flask` and for the web server."""

from rekisteri import create_app

app = create_app()
