"""The ground every room stands on: database, gate, web, forms, formats, clock, errors. It knows no subject."""
