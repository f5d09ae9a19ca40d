"""How much one document may cost. The notice takes 0.1 s and 60 MB; a bomb is ended here."""

import resource

MEMORY = 1024 * 1024 * 1024
PROCESSOR_SECONDS = 20
WALL_SECONDS = 30


def limit_this_process() -> None:
    """Set the limits that the kernel itself enforces; the wall clock is watched by the parent.

    No core file is ever written: it would hold the document.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
