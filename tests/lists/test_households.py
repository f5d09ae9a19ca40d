"""Who shares a label: people of one surname at one home, and nobody else."""

from rekisteri.lists.households import Addressee, labels

HOME = ("Mäkitie 4 A 3", "00100 HELSINKI")


def person(number: int, name: str, place: tuple[str, ...] = HOME, **more: bool) -> Addressee:
    return Addressee(number, True, name, place, **more)


def test_a_household_gets_one_label() -> None:
    family = [person(1, "Virtanen, Maija"), person(2, "Virtanen, Matti")]
    assert labels(family, merge=True) == [("Virtanen Maija ja Matti", *HOME)]
    assert labels(family, merge=False) == [("Maija Virtanen", *HOME), ("Matti Virtanen", *HOME)]


def test_three_are_named_and_more_than_four_are_a_family() -> None:
    names = ["Maija", "Matti", "Ville", "Venla", "Onni"]
    family = [person(number, f"Virtanen, {name}") for number, name in enumerate(names)]
    assert labels(family[:3], merge=True)[0][0] == "Virtanen Maija, Matti ja Ville"
    assert labels(family, merge=True) == [("Perhe Virtanen", *HOME)]


def test_the_address_may_be_written_in_small_or_capital_letters() -> None:
    other = person(2, "VIRTANEN, Matti", ("MÄKITIE 4 A 3", "00100 HELSINKI"))
    assert labels([person(1, "Virtanen, Maija"), other], merge=True) == [("Virtanen Maija ja Matti", *HOME)]


def test_neighbours_of_another_name_or_door_keep_their_own_labels() -> None:
    others = [person(2, "Korhonen, Matti"), person(3, "Virtanen, Ville", ("Mäkitie 4 A 4", "00100 HELSINKI"))]
    assert len(labels([person(1, "Virtanen, Maija"), *others], merge=True)) == 3


def test_people_reached_at_work_single_names_and_organisations_keep_their_own_labels() -> None:
    office = ("Konepaja Oy", *HOME)
    people = [
        person(1, "Virtanen, Maija", office, at_work=True),
        person(2, "Virtanen, Matti", office, at_work=True),
        person(3, "Virtanen"),
        person(4, "Virtanen"),
        Addressee(5, False, "Virtanen, Virtanen ja kumppanit Oy", HOME),
    ]
    found = labels(people, merge=True)
    assert len(found) == 5
    assert found[0] == ("Maija Virtanen", "Konepaja Oy", *HOME)
    assert found[-1][0] == "Virtanen, Virtanen ja kumppanit Oy"


def test_the_same_name_twice_is_written_once() -> None:
    assert labels([person(1, "Virtanen, Maija"), person(2, "Virtanen, Maija")], merge=True) == [
        ("Virtanen Maija", *HOME)
    ]


def test_what_goes_abroad_comes_after_what_stays_in_the_country() -> None:
    abroad = person(1, "Kask, Jaan", ("Pikk 5", "10123 TALLINN", "VIRO"))
    at_work = person(2, "Aho, Aino", ("Konepaja Oy", "Tie 1", "90100 OULU"), at_work=True)
    far, near = person(3, "Öhman, Åke", ("Tie 1", "99999 KORVATUNTURI")), person(4, "Aalto, Aku")
    order = sorted([abroad, at_work, far, near], key=lambda one: one.town)
    assert [one.customer_id for one in order] == [4, 2, 3, 1]
