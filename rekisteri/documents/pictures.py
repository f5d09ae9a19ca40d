"""Images opened with care: one at a time, of known kinds, within a limit of pixels, and drawn anew without what was hidden in them."""

import io
import threading
import warnings

from PIL import Image, ImageOps

from rekisteri.documents import upload_rules

KINDS = ("jpeg", "png")
LONGEST_SIDE = 1200
A4_INCHES = (8.27, 11.69)
_FORMATS = ["JPEG", "PNG"]
_one_at_a_time = threading.Lock()  # an open page of paper takes up to 200 MB

Image.MAX_IMAGE_PIXELS = upload_rules.MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


def preview(content: bytes, *, name: str) -> tuple[str, bytes]:
    """A small picture of the image as (kind, bytes). Raises `RuleViolation` when it is too large or damaged.

    Only pixels go in: camera, place and other metadata of the original stay behind.
    """
    with _one_at_a_time:
        picture = _opened(content, name=name, longest=2 * LONGEST_SIDE)
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        plain = picture.mode == "L"
        drawn = io.BytesIO()
        bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
        bare.save(drawn, "PNG" if plain else "JPEG", optimize=True, **({} if plain else {"quality": 80}))
    return ("png" if plain else "jpeg"), drawn.getvalue()


def page(content: bytes, *, longest: int) -> bytes:
    """The image as one page of a PDF that fits A4, drawn from its pixels like `preview`."""
    with _one_at_a_time:
        picture = _opened(content, name="", longest=longest)
        picture.thumbnail((longest, longest))
        dots = max(picture.width / A4_INCHES[0], picture.height / A4_INCHES[1])
        drawn = io.BytesIO()
        picture.save(drawn, "PDF", resolution=dots, quality=85)
    return drawn.getvalue()


def grey(content: bytes, *, longest: int) -> Image.Image:
    """The image in shades of grey, no larger than asked. Raises `RuleViolation` like `preview`."""
    with _one_at_a_time:
        picture = _opened(content, name="", longest=longest)
        picture.thumbnail((longest, longest))
        return picture.convert("L")


def _opened(content: bytes, *, name: str, longest: int) -> Image.Image:
    """All pixels of the image, upright, on white, as grey or RGB."""
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as found:
            upload_rules.check_pixels(*found.size, name=name)
            found.verify()
        with Image.open(io.BytesIO(content), formats=_FORMATS) as found:
            found.draft(None, (longest, longest))  # a JPEG is read at a fraction of its size, which saves memory
            found.load()
            upright = ImageOps.exif_transpose(found)
            return _flat(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        upload_rules.check_pixels(upload_rules.MOST_PIXELS, 2, name=name)
        raise upload_rules.damaged(name) from error
    except (OSError, SyntaxError, ValueError, MemoryError, EOFError, IndexError, TypeError) as error:
        raise upload_rules.damaged(name) from error


def _flat(picture: Image.Image) -> Image.Image:
    if picture.mode in ("1", "L", "I", "I;16", "F"):
        return picture.convert("L")
    if picture.mode in ("LA", "PA", "RGBA") or "transparency" in picture.info:
        see_through = picture.convert("RGBA")
        white = Image.new("RGB", picture.size, "white")
        white.paste(see_through, mask=see_through.getchannel("A"))
        return white
    return picture.convert("RGB")
