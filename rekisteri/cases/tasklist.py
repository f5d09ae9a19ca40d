"""What is to be done in a case, in the order in which it is done. The rooms of the rights add their own steps between."""

from typing import Any

from flask import url_for

from rekisteri.cases import codes, matters
from rekisteri.cases.models import Case
from rekisteri.documents.models import Document

Task = dict[str, Any]


def tasks_of(case: Case, papers: list[Document]) -> list[Task]:
    """The case's task list for its page; what an ended case no longer needs leads nowhere."""
    steps = [_person(case), _identity(case), _acknowledgement(case, papers)]
    if case.own_initiative:
        steps = [_person(case)]
    steps += [task for kind in matters.of(case) for task in kind.tasks(case)]
    steps += [_post(papers), _closing(case)]
    return [step if case.is_open else step | {"url": None} for step in steps]


def _task(title: str, url: str | None, done: str | None, *, todo: str = "Tekemättä", hint: str = "") -> Task:
    tone = "good" if done else ("info" if url else "neutral")
    return {"title": title, "url": url, "status": done or todo, "tone": tone, "hint": hint}


def _person(case: Case) -> Task:
    done = {"found": "Löytynyt", "not_found": "Ei rekisterissä", "erased": "Tiedot poistettu"}.get(case.person_state)
    hint = case.customer.display_name if case.customer else "Kenen tietoja pyyntö koskee"
    return _task("Etsi henkilö rekisteristä", url_for("cases.person", id=case.id), done, hint=hint)


def _identity(case: Case) -> Task:
    hint = codes.IDENTITY_METHODS.get(case.identity_method or "", "Vain tapa kirjataan, ei asiakirjan numeroa")
    done = "Valmis" if case.identity_method else None
    url = url_for("cases.identity", id=case.id)
    return _task("Varmista henkilöllisyys", url, done, hint=hint[:1].upper() + hint[1:])


def _acknowledgement(case: Case, papers: list[Document]) -> Task:
    sent = any(paper.kind == "acknowledgement" for paper in papers)
    return _task(
        "Ilmoita pyynnön vastaanottamisesta",
        url_for("cases.acknowledge", id=case.id),
        "Laadittu" if sent else None,
        todo="Vapaaehtoinen",
        hint="Kirje, jossa kerrotaan asianumero ja määräaika",
    )


def _post(papers: list[Document]) -> Task:
    waiting = sum(paper.state == "waiting" for paper in papers)
    if not papers:
        return _task("Postita kirjeet", None, None, todo="Ei kirjeitä")
    hint = "1 kirje odottaa" if waiting == 1 else f"{waiting} kirjettä odottaa" if waiting else ""
    return _task("Postita kirjeet", "#kirjeet", None if waiting else "Valmis", hint=hint)


def _closing(case: Case) -> Task:
    if not case.is_open:
        return _task("Sulje pyyntö", None, codes.STATES[case.state])
    return _task("Sulje pyyntö", url_for("cases.close", id=case.id), None)
