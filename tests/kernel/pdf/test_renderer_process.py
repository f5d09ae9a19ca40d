"""The renderer is a process of its own: started when first needed, replaced when it dies, gone when nobody needs it."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from rekisteri.kernel.pdf import PdfError, client, missing_library, render
from tests.kernel.pdf.conftest import renderers
from tests.kernel.pdf.pages import whole

ROOT = Path(client.__file__).parents[3]
PAGE = whole("<p>Sivu</p>" * 300)


def test_a_web_process_prints_without_loading_the_layout_engine() -> None:
    script = (
        "import sys; from rekisteri.kernel.pdf import render;"
        "pdf = render('<html lang=fi><p>a', title='Koe');"
        "print(pdf[:5], 'weasyprint' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "b'%PDF-' False"


def test_two_processes_share_one_renderer() -> None:
    script = "from rekisteri.kernel.pdf import render, client; render('<html lang=fi><p>a', title='Koe');"
    with tempfile.TemporaryDirectory(prefix="tuloste-") as place:
        environment = os.environ | {"TMPDIR": place}
        waiting = script + "print(client._meeting_place(), flush=True); input()"
        with python(waiting, environment) as first, python(waiting, environment) as second:
            assert first.stdout is not None and second.stdout is not None and second.stdin is not None
            meeting, other = Path(first.stdout.readline().strip()), Path(second.stdout.readline().strip())
            assert meeting == other
            assert len(renderers(meeting)) == 1
            first.kill()
            second.stdin.close()
        assert all_gone(meeting), "the renderer outlived everybody who needed it"


def python(script: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    """A process of the web's kind: it prints, and then waits."""
    return subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def all_gone(meeting: Path) -> bool:
    """Whether no renderer meets at this place any more, after a moment at most."""
    deadline = time.monotonic() + 15
    while renderers(meeting):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


def test_the_renderer_gives_way_to_the_web_and_knows_none_of_its_secrets(
    own_renderer: Callable[[], psutil.Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REKISTERI_SECRET_KEY", "salaisuus")
    render(PAGE, title="Koe")
    assert own_renderer().nice() >= 10
    assert not [name for name in own_renderer().environ() if name.startswith("REKISTERI")]


def test_a_renderer_killed_in_the_middle_of_a_page_is_replaced_and_the_page_is_printed(
    own_renderer: Callable[[], psutil.Process],
) -> None:
    render(PAGE, title="Koe")
    printed: list[bytes] = []
    long_page = whole("<p>Kappale, jossa on tekstiä.</p>" * 1500)
    worker = threading.Thread(target=lambda: printed.append(render(long_page, title="Koe")))
    killed = own_renderer()
    worker.start()
    time.sleep(0.3)
    for process in [killed, *killed.children()]:
        process.kill()
    worker.join(90)
    assert printed[0].startswith(b"%PDF")
    assert own_renderer().pid != killed.pid


def test_a_place_that_others_may_enter_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever could put a socket of their own there would be sent personal data."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(client, "LONGEST_PLACE", 1000)
    home = tmp_path / f"rekisteri-{os.getuid()}"
    home.mkdir()
    home.chmod(0o777)
    with pytest.raises(PdfError):
        client._meeting_place.__wrapped__()


def test_nothing_is_missing_on_this_machine() -> None:
    assert missing_library() is None


def test_a_missing_library_is_told_with_the_command_to_type() -> None:
    assert client.PANGO_MISSING.endswith("sudo apt-get install libpangoft2-1.0-0")
