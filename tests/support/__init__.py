"""What tests stand on: databases, a client that reads every page critically, a browser, a PDF validator."""
