"""The name of a file as it was sent: what people see it under, never a path, never a trap."""

import re

from commitments.intake.files.kinds import KINDS, Kind
from commitments.intake.files.refusals import Refusal, RefusedFile
from commitments.intake.text import BadText, TextProblem, clean_name

#: As much as the column holds, and less than any file system allows.
LONGEST = 200
#: Names that stand for devices on one widespread system, whatever ending follows.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*", re.IGNORECASE)
_PATH = re.compile(r"[/\\∕⁄／＼]|^~|^[A-Za-z]:|^\.\.$")
#: Endings of programs and pages: one of these before the last ending is there to deceive.
_PROGRAMS = re.compile(
    "exe|scr|bat|cmd|pif|ms[ip]|cpl|ps1|vb[se]|jse?|ws[fh]|hta|jar|lnk|reg|sh|php|phtml|aspx?|jsp|x?html?|mht|svg|swf|"
    "docm|dotm|xls[mb]|xltm|xlam|pptm|zip|rar|7z|gz|tar|iso"
)
OLD_OFFICE = frozenset({"doc", "xls", "dot", "xlt"})
_WITH_MACROS = frozenset({"docm", "xlsm", "xlsb", "dotm", "xltm", "xlam", "pptm"})


def checked_name(sent: str) -> str:
    """The name in its one form. Raises RefusedFile."""
    if len(sent) > LONGEST:
        raise RefusedFile(Refusal.NAME_LONG, longest=LONGEST, length=len(sent))
    try:
        name = clean_name(sent, LONGEST)
    except BadText as bad:
        hidden = bad.problem is TextProblem.HIDDEN
        code = Refusal.NAME_HIDDEN if hidden else Refusal.NAME_LONG
        raise RefusedFile(code, longest=LONGEST, length=bad.length) from bad
    if _PATH.search(name):
        raise RefusedFile(Refusal.NAME_PATH)
    stem = name.split(".")[0]
    if not name.strip(". ") or ("." in name and not name.rpartition(".")[0].strip(". ")):
        raise RefusedFile(Refusal.NAME_EMPTY)
    if _DEVICES.fullmatch(stem):
        raise RefusedFile(Refusal.NAME_RESERVED, name=name)
    return name


def kind_by_name(name: str) -> Kind:
    """The kind that the ending of a name promises. Raises RefusedFile."""
    endings = [part.strip().casefold() for part in name.split(".")[1:]]
    last = endings[-1] if endings else ""
    if last in OLD_OFFICE:
        raise RefusedFile(Refusal.OLD_OFFICE)
    if last in _WITH_MACROS:
        raise RefusedFile(Refusal.MACROS)
    kind = KINDS.get(last)
    if kind is None:
        raise RefusedFile(Refusal.KIND)
    for ending in endings[:-1]:
        if _PROGRAMS.fullmatch(ending):
            raise RefusedFile(Refusal.NAME_DOUBLE, ending=f".{ending}")
    return kind
