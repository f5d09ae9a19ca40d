"""The register's tables as Django sees them. It neither makes nor changes them."""

from django.db import models


class Customer(models.Model):
    """A customer, as the list and the search of the register have it."""

    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    display_name = models.CharField(max_length=300)
    sort_key = models.CharField(max_length=200)
    represents = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=400, blank=True)
    place = models.CharField(max_length=200, blank=True)
    search_text = models.TextField()

    class Meta:
        """Read from the register's own table."""

        managed = False
        db_table = "customer"

    def __str__(self) -> str:
        return str(self.display_name)


class Order(models.Model):
    """An order of a customer."""

    number = models.CharField(max_length=20)
    customer = models.ForeignKey(Customer, models.DO_NOTHING)
    state = models.CharField(max_length=20)
    opened_on = models.DateField()
    delivered_on = models.DateField(null=True)
    total = models.IntegerField()

    class Meta:
        """Read from the register's own table."""

        managed = False
        db_table = "customer_order"

    def __str__(self) -> str:
        return str(self.number)
