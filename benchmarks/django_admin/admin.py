"""The lists and forms that Django makes of the tables, with its usual settings and the register's columns and order."""

from django.contrib import admin

from benchmarks.django_admin.models import Customer, Order


class OrdersOfCustomer(admin.TabularInline):
    """A customer's orders on the customer's page."""

    model = Order
    extra = 0


@admin.register(Customer)
class Customers(admin.ModelAdmin):
    """Fifty customers a page, in the Finnish order of their stored keys."""

    list_display = ("display_name", "represents", "contact", "place")
    list_per_page = 50
    ordering = ("sort_key", "id")
    search_fields = ("search_text",)
    fields = ("kind", "state", "display_name", "represents", "contact", "place")
    inlines = (OrdersOfCustomer,)
