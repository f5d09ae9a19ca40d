"""Growth: the work queue and a customer's card with 10,000 customers and 2,000 cases against 100 of each."""

from collections.abc import Iterator

from benchmarks.desk import application, office, signed_in
from benchmarks.measure import Ratio, medians


def ratios() -> Iterator[Ratio]:
    """Each page on the large and on the small register, in alternating rounds of one process."""
    with office(customers=100, cases=100) as few, office(customers=10_000, cases=2_000) as many:
        small, large = signed_in(application(few)), signed_in(application(many))
        for name, address in (("Työjono", "/"), ("Asiakaskortti", "/asiakkaat/40")):
            assert small.get(address).status_code == large.get(address).status_code == 200
            big, little = medians(lambda at=address: large.get(at), lambda at=address: small.get(at), rounds=60, warm=5)
            yield Ratio(f"{name}: 10 000 asiakasta ja 2 000 pyyntöä / 100 ja 100", big / little, 2.0)
