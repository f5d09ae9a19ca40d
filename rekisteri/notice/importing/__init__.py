"""Reading an existing notice: text or HTML in, headings recognised, the wording kept as it is."""
