"""The tests, told room by room; `support` is what they stand on and `house` looks at the application as a whole."""
