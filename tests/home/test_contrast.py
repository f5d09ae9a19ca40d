"""The colours can be read: WCAG 2.2 level AA in the light theme and in the dark one, computed from the tokens."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static/css"
TEXT, SHAPE = 4.5, 3.0  # success criteria 1.4.3 and 1.4.11

TEXT_ON_GROUND = [
    *[(ink, ground) for ink in ("ink", "ink-soft", "link", "link-hover", "stamp") for ground in ("paper", "well")],
    *[(ink, "board") for ink in ("ink", "ink-soft", "link", "link-hover")],
    *[("ink", f"{tone}-ground") for tone in ("neutral", "info", "good", "warn", "bad")],
    *[(f"{tone}-ink", f"{tone}-ground") for tone in ("neutral", "info", "good", "warn", "bad")],
    ("ink", "mark"),
    ("link", "mark"),
    ("on-spine", "spine"),
    ("on-spine", "spine-deep"),
    ("on-spine-soft", "spine"),
    ("label-ink", "label-paper"),
    ("on-act", "act"),
    ("on-act", "act-hover"),
    ("on-stamp", "stamp"),
    ("on-stamp", "stamp-hover"),
]
SHAPE_ON_GROUND = [
    *[("focus", ground) for ground in ("paper", "well", "board")],
    *[("edge", ground) for ground in ("paper", "well")],
    *[(f"{tone}-ink", "paper") for tone in ("neutral", "info", "good", "warn", "bad")],
    ("stamp", "paper"),
    ("act", "paper"),
    ("on-spine-soft", "spine"),
    ("focus-on-spine", "spine"),
]


def read_themes() -> dict[str, dict[str, str]]:
    """Each theme's colours by name; what the dark theme does not change is as in the light one."""
    light, dark = (CSS / "tokens.css").read_text(encoding="utf-8").split("@media")
    colours = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6});")
    return {"light": dict(colours.findall(light)), "dark": dict(colours.findall(light)) | dict(colours.findall(dark))}


THEMES = read_themes()


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_proves_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON_GROUND)
def test_text_stands_out_from_its_ground(theme: str, ink: str, ground: str) -> None:
    assert contrast(THEMES[theme][ink], THEMES[theme][ground]) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPE_ON_GROUND)
def test_frames_and_the_focus_stand_out_from_their_ground(theme: str, shape: str, ground: str) -> None:
    assert contrast(THEMES[theme][shape], THEMES[theme][ground]) >= SHAPE


def test_both_themes_name_the_same_colours() -> None:
    light, dark = (CSS / "tokens.css").read_text(encoding="utf-8").split("@media")
    names = re.compile(r"--([\w-]+):\s*#")
    assert set(names.findall(dark)) == set(names.findall(light))


@pytest.mark.parametrize(
    "sheet", sorted(path.name for path in CSS.glob("*.css") if path.name not in {"tokens.css", "print.css"})
)
def test_colours_are_named_and_never_written_out(sheet: str) -> None:
    written = re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", (CSS / sheet).read_text(encoding="utf-8"))
    assert written == []


@pytest.mark.parametrize("sheet", sorted(path.name for path in CSS.glob("*.css")))
def test_a_style_sheet_uses_only_tokens_that_exist(sheet: str) -> None:
    known = set(re.findall(r"--([\w-]+):", "".join(path.read_text(encoding="utf-8") for path in CSS.glob("*.css"))))
    used = set(re.findall(r"var\(--([\w-]+)", (CSS / sheet).read_text(encoding="utf-8")))
    assert used <= known
