"""The process that puts files together: `python -I merger.py TITLE SIDES`, parts in, one PDF out (see `merging`).

It knows nothing of the register and reads no file but what it is sent. A file that came from outside gives only what its
pages look like: actions, scripts, forms and links stay behind.
"""

import io
import json
import resource
import sys
from typing import Any, BinaryIO

import pikepdf

MEMORY = 1024 * 1024 * 1024
PROCESSOR_SECONDS = 90
MOST_PAGES = 1000
_UNREADABLE = (pikepdf.PdfError, pikepdf.PasswordError, pikepdf.ForeignObjectError)


def limit_this_process() -> None:
    """What the kernel itself enforces; no core file is written, for it would hold the documents."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(title: str, sides: int, source: BinaryIO, target: BinaryIO) -> list[int | None]:
    """Put together what `source` sends and write it to `target`; how many pages each part gave."""
    whole = pikepdf.new()
    counts: list[int | None] = []
    with whole.open_outline() as outline:
        for head, content, instead in _parts(source):
            begins = len(whole.pages)
            count = _add(whole, head, content, instead)
            counts.append(count)
            outline.root.append(pikepdf.OutlineItem(head["title"], begins))
            if sides == 2 and (len(whole.pages) - begins) % 2:
                whole.add_blank_page(page_size=(595.28, 841.89))
    whole.docinfo["/Title"] = title
    whole.Root.Lang = pikepdf.String("fi")
    whole.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    whole.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return counts


def _parts(source: BinaryIO) -> Any:
    while line := source.readline():
        head = json.loads(line)
        content, instead = (source.read(size) for size in head["sizes"])
        yield head, content, instead


def _add(whole: pikepdf.Pdf, head: dict[str, Any], content: bytes, instead: bytes) -> int | None:
    if not head["doubtful"]:
        return _append(whole, content)
    try:
        return _append(whole, _bare(content))
    except (*_UNREADABLE, ValueError, TypeError, AttributeError, KeyError, RuntimeError):
        whole.attachments[head["name"]] = pikepdf.AttachedFileSpec(whole, content, filename=head["name"])
        _append(whole, instead)
        return None


def _append(whole: pikepdf.Pdf, content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as part:
        whole.pages.extend(part.pages)
        return len(part.pages)


def _bare(content: bytes) -> bytes:
    """The pages of a foreign file without anything that could act, written anew to see that it can be."""
    with pikepdf.open(io.BytesIO(content)) as part, pikepdf.new() as bare:
        if not 1 <= len(part.pages) <= MOST_PAGES:
            raise ValueError("not a number of pages that a paper has")
        for page in part.pages:
            for key in ("/AA", "/Annots", "/B", "/PieceInfo", "/Metadata"):
                if key in page.obj:
                    del page.obj[key]
        bare.pages.extend(part.pages)
        written = io.BytesIO()
        bare.save(written)
        return written.getvalue()


if __name__ == "__main__":
    limit_this_process()
    pages = main(sys.argv[1], int(sys.argv[2]), sys.stdin.buffer, sys.stdout.buffer)
    sys.stdout.buffer.flush()
    sys.stderr.write(json.dumps(pages))
